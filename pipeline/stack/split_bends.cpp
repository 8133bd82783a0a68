#include "pipeline/stack/split_bends.hpp"

#include "pipeline/stack/bridge_gaps.hpp"
#include "pipeline/stack/prune_spurs.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>

namespace bramble {

namespace {

// Direction from point `from` to the first point that lies `reach_um` or more away in the direction
// `step` of the path, or to its end.
Position heading(const std::vector<Position>& points, std::size_t from, int step,
                 const SplitBendsParams& params) {
  std::size_t to = from;
  while ((step > 0 ? to + 1 < points.size() : to > 0) &&
         distance_um(points[from], points[to]) < params.reach_um) {
    to += static_cast<std::size_t>(step);
  }
  return unit_direction(points[from], points[to], params.axial_weight);
}

// The sharpest bend of a path, 0 when it never turns back.
std::size_t sharpest_bend(const std::vector<Position>& points, const SplitBendsParams& params) {
  std::size_t sharpest = 0;
  double least = params.least_cosine;
  for (std::size_t i = 1; i + 1 < points.size(); ++i) {
    if (distance_um(points[i], points.front()) < params.reach_um ||
        distance_um(points[i], points.back()) < params.reach_um) {
      continue;
    }
    const double cosine = -dot(heading(points, i, -1, params), heading(points, i, 1, params));
    if (cosine < least) {
      least = cosine;
      sharpest = i;
    }
  }
  return sharpest;
}

}  // namespace

std::vector<ShaftPath> split_bends(const std::vector<ShaftPath>& paths,
                                   const SplitBendsParams& params) {
  std::vector<ShaftPath> whole;
  std::vector<ShaftPath> waiting(paths.rbegin(), paths.rend());
  while (!waiting.empty()) {
    ShaftPath path = std::move(waiting.back());
    waiting.pop_back();
    const std::size_t bend = sharpest_bend(path.points, params);
    if (bend == 0) {
      whole.push_back(std::move(path));
      continue;
    }
    const auto at = path.points.begin() + static_cast<std::ptrdiff_t>(bend);
    for (std::vector<Position> part : {std::vector<Position>(at, path.points.end()),
                                       std::vector<Position>(path.points.begin(), at + 1)}) {
      const double length_um = voxel_path_length_um(part, params.axial_weight);
      waiting.push_back({std::move(part), length_um});
    }
  }
  std::ranges::stable_sort(whole, std::greater<>(), &ShaftPath::length_um);
  return whole;
}

}  // namespace bramble
