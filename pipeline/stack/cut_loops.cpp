#include "pipeline/stack/cut_loops.hpp"

#include "pipeline/stack/prune_spurs.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>
#include <set>
#include <utility>
#include <vector>

namespace bramble {

namespace {

class LoopCutter {
 public:
  LoopCutter(SkeletonGraph graph, VolumeView<const float> smoothed, const CutLoopsParams& params)
      : graph_(std::move(graph)),
        params_(params),
        branches_at_(graph_.nodes.size()),
        is_cut_(graph_.branches.size(), false) {
    for (std::size_t b = 0; b < graph_.branches.size(); ++b) {
      const SkeletonBranch& branch = graph_.branches[b];
      branches_at_[node(branch.node_from)].push_back(b);
      branches_at_[node(branch.node_to)].push_back(b);
      lengths_um_.push_back(branch_length_um(branch, smoothed.spacing, params_.axial_weight));
      brightness_.push_back(mean_brightness(branch, smoothed));
    }
  }

  SkeletonGraph cut() {
    std::vector<std::size_t> dimmest_first(graph_.branches.size());
    std::iota(dimmest_first.begin(), dimmest_first.end(), std::size_t{0});
    std::ranges::stable_sort(dimmest_first, {}, [&](std::size_t b) { return brightness_[b]; });
    for (const std::size_t b : dimmest_first) {
      const SkeletonBranch& branch = graph_.branches[b];
      if (branch.node_from != branch.node_to && has_way_around(b)) {
        is_cut_[b] = true;
        --graph_.nodes[node(branch.node_from)].degree;
        --graph_.nodes[node(branch.node_to)].degree;
      }
    }
    std::size_t at = 0;
    std::erase_if(graph_.branches, [&](const SkeletonBranch&) { return is_cut_[at++]; });
    return std::move(graph_);
  }

 private:
  static std::size_t node(int id) { return static_cast<std::size_t>(id); }

  // Dijkstra from one end of the branch to the other without it, given up where the loop would be
  // too long.
  bool has_way_around(std::size_t branch) const {
    const double limit_um = params_.max_loop_um - lengths_um_[branch];
    const int target = graph_.branches[branch].node_to;
    using Reached = std::pair<double, int>;
    std::priority_queue<Reached, std::vector<Reached>, std::greater<>> open;
    std::set<int> settled;
    open.emplace(0.0, graph_.branches[branch].node_from);
    while (!open.empty()) {
      const auto [way_um, at] = open.top();
      open.pop();
      if (way_um > limit_um) {
        return false;
      }
      if (at == target) {
        return true;
      }
      if (!settled.insert(at).second) {
        continue;
      }
      for (const std::size_t b : branches_at_[node(at)]) {
        if (b != branch && !is_cut_[b]) {
          const SkeletonBranch& next = graph_.branches[b];
          open.emplace(way_um + lengths_um_[b],
                       next.node_from == at ? next.node_to : next.node_from);
        }
      }
    }
    return false;
  }

  SkeletonGraph graph_;
  CutLoopsParams params_;
  std::vector<std::vector<std::size_t>> branches_at_;
  std::vector<double> lengths_um_;
  std::vector<double> brightness_;
  std::vector<bool> is_cut_;
};

}  // namespace

SkeletonGraph cut_loops(SkeletonGraph graph, VolumeView<const float> smoothed,
                        const CutLoopsParams& params) {
  return LoopCutter(std::move(graph), smoothed, params).cut();
}

}  // namespace bramble
