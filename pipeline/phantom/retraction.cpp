#include "pipeline/phantom/retraction.hpp"

#include "pipeline/phantom/tissue_region.hpp"

#include <algorithm>
#include <optional>

namespace bramble {
namespace {

// From the first node in the box to the last.
std::optional<NodeRange> nodes_within(const DendritePath& path, const TissueBox& box) {
  std::optional<NodeRange> range;
  for (std::size_t i = 0; i < path.nodes.size(); ++i) {
    if (!box.contains(path.nodes[i])) {
      continue;
    }
    if (!range) {
      range = NodeRange{.first = i, .end = i};
    }
    range->end = i + 1;
  }
  return range;
}

bool carries_branch_outside(const std::vector<DendritePath>& dendrites, std::size_t index,
                            NodeRange kept) {
  for (const DendritePath& dendrite : dendrites) {
    if (dendrite.parent == static_cast<int>(index) &&
        !kept.contains(static_cast<std::size_t>(dendrite.parent_node))) {
      return true;
    }
  }
  return false;
}

}  // namespace

NodeRange kept_nodes(const PhantomParameters& parameters, PhantomField field,
                     const std::vector<DendritePath>& dendrites, std::size_t index,
                     std::size_t session) {
  const DendritePath& path = dendrites[index];
  const NodeRange whole{.first = 0, .end = path.nodes.size()};
  if (parameters.design.session_days[session] <= parameters.design.treatment_day) {
    return whole;
  }
  RandomPlace place = field.place(parameters, RandomPurpose::retraction);
  place.dendrite = index;
  Random random(place);
  const std::optional<NodeRange> seen = nodes_within(path, imaged_box(parameters.design));
  if (random.uniform() >= parameters.dendrites.retraction_frac || !seen) {
    return whole;
  }
  const double lost_frac = random.uniform_within(0.15, 0.5);
  const auto num_lost =
      static_cast<std::size_t>(lost_frac * static_cast<double>(seen->end - seen->first));
  constexpr std::size_t shortest = 2;  // nodes of a path
  const NodeRange without_far_end{.first = 0, .end = std::max(seen->end - num_lost, shortest)};
  const NodeRange without_near_end{.first = seen->first + num_lost, .end = path.nodes.size()};
  if (path.parent >= 0) {
    return without_far_end;
  }
  const bool far = random.uniform() < 0.5;
  const NodeRange kept = far ? without_far_end : without_near_end;
  if (carries_branch_outside(dendrites, index, kept)) {
    return far ? without_near_end : without_far_end;
  }
  return kept;
}

DendritePath cut_path(const DendritePath& path, NodeRange kept) {
  const auto first = static_cast<std::ptrdiff_t>(kept.first);
  const auto end = static_cast<std::ptrdiff_t>(kept.end);
  DendritePath part = path;
  part.first_node += static_cast<int>(kept.first);
  part.nodes.assign(path.nodes.begin() + first, path.nodes.begin() + end);
  part.radius_um.assign(path.radius_um.begin() + first, path.radius_um.begin() + end);
  return part;
}

}  // namespace bramble
