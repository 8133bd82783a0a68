#include "pipeline/phantom/truth.hpp"

#include "pipeline/phantom/tissue_region.hpp"
#include "pipeline/records/identity.hpp"

#include <cmath>
#include <cstdio>
#include <numbers>
#include <optional>

namespace bramble {
namespace {

constexpr double scorable_protrusion_um = 0.40;
constexpr double bystander_distance_um = 3;

// Signed distance in plane from the shaft's axis to the tip: left and right of the shaft differ in
// sign. Where the pose is the identity this is (R + L) sin(azimuth) cos(tilt).
double signed_offset_um(const SessionSpine& spine) {
  const Position tangent = spine.shaft.tangent;
  const Position to_tip = spine.shape.tip - spine.shape.base;
  const double in_plane = std::hypot(tangent.y_um, tangent.x_um);
  return (to_tip.y_um * tangent.x_um - to_tip.x_um * tangent.y_um) / in_plane;
}

double nearest_neighbour_um(const std::vector<SessionSpine>& spines, std::size_t i) {
  double nearest_um = not_available;
  for (std::size_t j = 0; j < spines.size(); ++j) {
    const bool same_side = (signed_offset_um(spines[i]) > 0) == (signed_offset_um(spines[j]) > 0);
    if (j != i && same_side) {
      nearest_um = std::fmin(nearest_um, std::abs(spines[i].life.path_um - spines[j].life.path_um));
    }
  }
  return nearest_um;
}

std::string numbered(const char* format, std::uint64_t number) {
  char text[32];
  std::snprintf(text, sizeof text, format, static_cast<unsigned long long>(number));
  return text;
}

void place_row(const SpineShape& shape, const PhantomDesign& design, const AppearsAt& appears_at,
               PhantomSpine& row) {
  row.base = appears_at(shape.base);
  row.head = appears_at(shape.head);
  row.tip = appears_at(shape.tip);
  const TissueBox box = off_edge_box(design);
  row.edge = !box.contains(row.base) || !box.contains(row.head);
}

void measure_row(const SpineForm& form, PhantomSpine& row) {
  constexpr double degrees = 180 / std::numbers::pi;
  row.head_diameter_um = form.head_diameter_um;
  row.neck_length_um = form.neck_length_um;
  row.length_um = form.neck_length_um + form.head_diameter_um;
  row.neck_diameter_um = form.neck_diameter_um;
  row.volume_um3 = spine_volume_um3(form);
  row.spine_class = classify_by_project_rules(form);
  row.azimuth_deg = form.azimuth_rad * degrees;
  row.tilt_deg = form.tilt_rad * degrees;
}

struct Neighbour {
  std::size_t dendrite = 0;
  NearestNode nearest;
};

std::optional<Neighbour> nearest_dendrite(const std::vector<SessionDendrite>& dendrites,
                                          Position point) {
  std::optional<Neighbour> neighbour;
  for (std::size_t i = 0; i < dendrites.size(); ++i) {
    const NearestNode nearest = nearest_node(dendrites[i].path, point);
    if (!neighbour || nearest.from_surface_um < neighbour->nearest.from_surface_um) {
      neighbour = {i, nearest};
    }
  }
  return neighbour;
}

}  // namespace

std::string phantom_dendrite_id(std::size_t dendrite) { return numbered("d%02llu", dendrite + 1); }

std::string phantom_spine_id(std::size_t dendrite, std::uint64_t serial) {
  return phantom_dendrite_id(dendrite) + numbered("s%03llu", serial + 1);
}

std::string phantom_bystander_id(const SessionBystander& bystander) {
  const bool punctum = bystander.kind == BystanderKind::punctum;
  return numbered(punctum ? "p%03llu" : "b%03llu", bystander.number + 1);
}

PhantomDendrite describe_path(const SessionDendrite& dendrite, std::size_t index,
                              const AppearsAt& appears_at) {
  const DendritePath& path = dendrite.path;
  PhantomDendrite row;
  row.dendrite_id = phantom_dendrite_id(index);
  for (const Position& node : path.nodes) {
    row.nodes.push_back(appears_at(node));
  }
  row.radius_um.assign(path.radius_um.begin(), path.radius_um.end());
  row.parent = path.parent;
  row.parent_node = path.parent_node;
  row.first_node = path.first_node;
  return row;
}

std::vector<PhantomSpine> describe_spines(const SessionDendrite& dendrite, std::size_t index,
                                          const PhantomDesign& design,
                                          const AppearsAt& appears_at) {
  const std::vector<SessionSpine>& spines = dendrite.spines;
  std::vector<PhantomSpine> rows;
  for (std::size_t i = 0; i < spines.size(); ++i) {
    const SessionSpine& spine = spines[i];
    PhantomSpine row;
    row.dendrite_id = phantom_dendrite_id(index);
    row.spine_id = phantom_spine_id(index, spine.life.serial);
    place_row(spine.shape, design, appears_at, row);
    measure_row(spine.shape.form, row);
    row.lateral_protrusion_um = std::abs(signed_offset_um(spine)) - spine.shaft.radius_um;
    row.neighbour_um = nearest_neighbour_um(spines, i);
    row.scorable = !row.edge && row.lateral_protrusion_um >= scorable_protrusion_um;
    row.pool = spine.life.transient ? "transient" : "persistent";
    row.birth_day = spine.life.birth_day;
    row.death_day = spine.life.death_day;
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<PhantomSpine> describe_bystanders(const SessionTissue& tissue,
                                              const PhantomDesign& design,
                                              const AppearsAt& appears_at) {
  std::vector<PhantomSpine> rows;
  for (const SessionBystander& bystander : tissue.bystanders) {
    const Ball& ball = bystander.ball;
    const std::optional<Neighbour> neighbour = nearest_dendrite(tissue.dendrites, ball.centre);
    if (!neighbour || neighbour->nearest.from_surface_um > bystander_distance_um) {
      continue;
    }
    const DendritePath& path = tissue.dendrites[neighbour->dendrite].path;
    const std::size_t node = neighbour->nearest.node;
    SpineShape shape;
    shape.base = path.nodes[node];
    shape.head = ball.centre;
    shape.tip = ball.centre;
    SpineForm form;
    form.head_diameter_um = 2 * ball.radius_um;

    PhantomSpine row;
    row.dendrite_id = phantom_dendrite_id(neighbour->dendrite);
    row.spine_id = phantom_bystander_id(bystander);
    place_row(shape, design, appears_at, row);
    measure_row(form, row);
    row.spine_class = bystander.kind == BystanderKind::punctum ? "punctum" : "bouton";
    row.lateral_protrusion_um =
        distance_in_plane_um(shape.base, ball.centre) - path.radius_um[node];
    row.scorable = false;
    for (double* nothing :
         {&row.neck_length_um, &row.length_um, &row.neck_diameter_um, &row.azimuth_deg,
          &row.tilt_deg, &row.neighbour_um, &row.birth_day, &row.death_day}) {
      *nothing = not_available;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace bramble
