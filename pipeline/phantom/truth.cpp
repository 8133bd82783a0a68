#include "pipeline/phantom/truth.hpp"

#include "pipeline/records/identity.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace bramble {
namespace {

constexpr double scorable_protrusion_um = 0.40;
constexpr double edge_in_plane_um = 1.0;
constexpr double edge_z_um = 1.5;

// Signed distance in plane from the shaft's axis to the tip: left and right of the shaft differ in
// sign.
double signed_offset_um(const SessionSpine& spine) {
  const Position tangent = spine.shaft.tangent;
  const Position to_tip = spine.shape.tip - spine.shape.base;
  const double in_plane = std::sqrt(tangent.y_um * tangent.y_um + tangent.x_um * tangent.x_um);
  return (to_tip.y_um * tangent.x_um - to_tip.x_um * tangent.y_um) / in_plane;
}

bool near_edge(Position p, Position size) {
  return p.z_um < edge_z_um || p.z_um > size.z_um - edge_z_um || p.y_um < edge_in_plane_um ||
         p.y_um > size.y_um - edge_in_plane_um || p.x_um < edge_in_plane_um ||
         p.x_um > size.x_um - edge_in_plane_um;
}

double nearest_neighbour_um(const std::vector<SessionSpine>& spines, std::size_t i) {
  double nearest_um = not_available;
  for (std::size_t j = 0; j < spines.size(); ++j) {
    const bool same_side = (signed_offset_um(spines[i]) > 0) == (signed_offset_um(spines[j]) > 0);
    if (j != i && same_side) {
      nearest_um = std::fmin(nearest_um, std::abs(spines[i].path_um - spines[j].path_um));
    }
  }
  return nearest_um;
}

std::string numbered(const char* format, std::uint64_t number) {
  char text[32];
  std::snprintf(text, sizeof text, format, static_cast<unsigned long long>(number));
  return text;
}

}  // namespace

std::string phantom_dendrite_id(std::size_t dendrite) { return numbered("d%02llu", dendrite + 1); }

std::string phantom_spine_id(std::size_t dendrite, std::uint64_t serial) {
  return phantom_dendrite_id(dendrite) + numbered("s%03llu", serial + 1);
}

std::vector<PhantomSpine> describe_spines(const SessionDendrite& dendrite, std::size_t index,
                                          Extent extent, Spacing spacing) {
  const std::vector<SessionSpine>& spines = dendrite.spines;
  const Position size = position_of({extent.z - 1, extent.y - 1, extent.x - 1}, spacing);
  std::vector<PhantomSpine> rows;
  for (std::size_t i = 0; i < spines.size(); ++i) {
    const SessionSpine& spine = spines[i];
    const SpineShape& shape = spine.shape;
    PhantomSpine row;
    row.dendrite_id = phantom_dendrite_id(index);
    row.spine_id = phantom_spine_id(index, spine.serial);
    row.base = shape.base;
    row.head = shape.head;
    row.tip = shape.tip;
    row.head_diameter_um = shape.form.head_diameter_um;
    row.neck_length_um = shape.form.neck_length_um;
    row.length_um = shape.length_um();
    row.lateral_protrusion_um = std::abs(signed_offset_um(spine)) - spine.shaft.radius_um;
    row.neighbour_um = nearest_neighbour_um(spines, i);
    row.spine_class = classify_by_project_rules(shape.form);
    row.edge = near_edge(shape.base, size) || near_edge(shape.head, size);
    row.scorable = !row.edge && row.lateral_protrusion_um >= scorable_protrusion_um;
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace bramble
