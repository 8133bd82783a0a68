#include "pipeline/phantom/branch.hpp"

#include "pipeline/phantom/calibre.hpp"
#include "pipeline/phantom/resample_path.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

namespace bramble {
namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr double joint_um = 15;  // where 4 um apart is reached at 25 degrees, with some bending

std::vector<std::size_t> nodes_within(const DendritePath& path, const TissueBox& box) {
  std::vector<std::size_t> inside;
  for (std::size_t i = 0; i + 1 < path.nodes.size(); ++i) {
    if (box.contains(path.nodes[i])) {
      inside.push_back(i);
    }
  }
  return inside;
}

Walker leave(const DendritePath& parent, std::size_t node, Random& random) {
  const double opening = random.uniform_within(25 * degree, 50 * degree);
  const double side = random.uniform() < 0.5 ? -1 : 1;
  const Position chord = parent.nodes[node + 1] - parent.nodes[node];
  return {.position = parent.nodes[node],
          .heading_rad = std::atan2(chord.y_um, chord.x_um) + side * opening,
          .elevation_rad = std::asin(chord.z_um / length_um(chord))};
}

bool keeps_apart(const std::vector<Position>& nodes, const std::vector<DendritePath>& dendrites,
                 std::size_t parent) {
  constexpr auto num_joint_nodes = static_cast<std::size_t>(joint_um / DendritePath::node_step_um);
  const auto joint_end =
      nodes.begin() + static_cast<std::ptrdiff_t>(std::min(num_joint_nodes, nodes.size()));
  const std::vector<Position> beyond_joint(joint_end, nodes.end());
  for (std::size_t i = 0; i < dendrites.size(); ++i) {
    if (comes_within(i == parent ? beyond_joint : nodes, dendrites[i],
                     DendritePath::min_separation_um)) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::optional<DendritePath> grow_branch(const PhantomParameters& parameters, PhantomField field,
                                        const std::vector<DendritePath>& dendrites,
                                        std::size_t parent, const Winding& winding,
                                        const TissueBox& box) {
  constexpr std::uint64_t max_attempts = 64;
  constexpr double radius_ratio = 0.63;
  const DendritePath& trunk = dendrites[parent];
  RandomPlace place = field.place(parameters, RandomPurpose::branch);
  place.dendrite = parent;
  const std::vector<std::size_t> places = nodes_within(trunk, imaged_box(parameters.design));
  if (places.empty() || Random(place).uniform() >= parameters.dendrites.branching_frac) {
    return std::nullopt;
  }
  for (std::uint64_t attempt = 1; attempt <= max_attempts; ++attempt) {
    Random random(place, attempt);
    const std::size_t node =
        places[static_cast<std::size_t>(random.uniform() * static_cast<double>(places.size()))];
    std::vector<Position> nodes = resample_path(
        walk_path(leave(trunk, node, random), winding, box, random), DendritePath::node_step_um);
    if (nodes.size() < 2 || !keeps_apart(nodes, dendrites, parent)) {
      continue;
    }
    const double diameter_um = 2 * radius_ratio * trunk.radius_um[node];
    std::vector<double> radii = draw_radii(parameters.dendrites, diameter_um, nodes.size(), random);
    // At 25 degrees the two surfaces part here.
    const double bare_um = (1 + radius_ratio) * trunk.radius_um[node] / std::sin(25 * degree);
    return DendritePath{.nodes = std::move(nodes),
                        .radius_um = std::move(radii),
                        .gain = trunk.gain,
                        .parent = static_cast<int>(parent),
                        .parent_node = static_cast<int>(node),
                        .bare_um = bare_um};
  }
  return std::nullopt;
}

}  // namespace bramble
