#include "pipeline/field/placed_spine.hpp"

#include "kernels/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <tuple>

namespace bramble {

namespace {

constexpr double head_share = 0.75;
// A head lies within this of its base along the shaft.
constexpr double head_reach_um = 4.0;

std::size_t dendrite_index(const StackResult& stack, const Spine& spine) {
  const auto found =
      std::find_if(stack.dendrites.begin(), stack.dendrites.end(),
                   [&spine](const Dendrite& dendrite) { return dendrite.id == spine.dendrite; });
  require(found != stack.dendrites.end() && !found->nodes.empty(),
          "stack " + stack.identity.session_id + "/" + stack.identity.fov + ": spine " +
              std::to_string(spine.id) + " is on dendrite " + std::to_string(spine.dendrite) +
              ", which has no centreline in that stack");
  return static_cast<std::size_t>(found - stack.dendrites.begin());
}

std::size_t node_at(const Centreline& line, double path_um) {
  std::size_t nearest = 0;
  for (std::size_t node = 0; node < line.size(); ++node) {
    if (std::abs(line.path_um(node) - path_um) < std::abs(line.path_um(nearest) - path_um)) {
      nearest = node;
    }
  }
  return nearest;
}

int shaft_at(const FieldShafts& shafts, int session, int dendrite, std::size_t node) {
  const auto found =
      std::find_if(shafts.stretches.begin(), shafts.stretches.end(), [&](const ShaftStretch& s) {
        return s.session == session && s.dendrite == dendrite && s.first_node <= node &&
               node <= s.last_node;
      });
  return found->shaft;
}

// Component of `offset` to the left of `direction` in the plane of the image, y down.
double left_of(Position direction, Position offset) {
  const double in_plane = std::hypot(direction.y_um, direction.x_um);
  return in_plane > 0 ? (direction.y_um * offset.x_um - direction.x_um * offset.y_um) / in_plane
                      : 0;
}

PlacedSpine place_spine(const Spine& spine, const SessionTransform& transform,
                        const Centreline& own, const Centreline& shaft) {
  const Position base = transform.to_reference(spine.base);
  const Position head = transform.to_reference(spine.head);
  const Foot own_foot = own.foot_of(base);
  const double base_path_um = shaft.foot_of(base).path_um;
  const Foot head_foot = shaft.foot_near(head, base_path_um, head_reach_um);
  Position direction = own.direction(own_foot.path_um);
  if (dot(direction, shaft.direction(base_path_um)) < 0) {
    direction = direction * -1;
  }
  return {.path_um = head_share * head_foot.path_um + (1 - head_share) * base_path_um,
          .base_path_um = base_path_um,
          .lateral_um = left_of(direction, head - own_foot.place),
          .height_um = head.z_um - own_foot.place.z_um,
          .p_detect = static_cast<double>(spine.p_detect)};
}

}  // namespace

std::vector<PlacedSpine> place_spines(const AlignedField& field) {
  std::vector<PlacedSpine> placed;
  for (std::size_t session = 0; session < field.stacks.size(); ++session) {
    const StackResult& stack = *field.stacks[session];
    const SessionTransform& transform = field.alignments[session].transform;
    for (std::size_t i = 0; i < stack.spines.size(); ++i) {
      const Spine& spine = stack.spines[i];
      const std::size_t dendrite = dendrite_index(stack, spine);
      const Centreline& own = field.lines[session][dendrite];
      const std::size_t node =
          node_at(own, own.foot_of(transform.to_reference(spine.base)).path_um);
      const int shaft =
          shaft_at(field.shafts, static_cast<int>(session), static_cast<int>(dendrite), node);
      PlacedSpine place =
          place_spine(spine, transform, own, field.shafts.lines[static_cast<std::size_t>(shaft)]);
      place.shaft = shaft;
      place.session = static_cast<int>(session);
      place.spine = static_cast<int>(i);
      placed.push_back(place);
    }
  }
  const auto key = [](const PlacedSpine& p) { return std::tie(p.shaft, p.session, p.spine); };
  std::sort(placed.begin(), placed.end(),
            [&key](const PlacedSpine& a, const PlacedSpine& b) { return key(a) < key(b); });
  return placed;
}

}  // namespace bramble
