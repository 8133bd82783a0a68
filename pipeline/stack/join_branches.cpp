#include "pipeline/stack/join_branches.hpp"

#include "pipeline/stack/bridge_gaps.hpp"
#include "pipeline/stack/prune_spurs.hpp"

#include <algorithm>
#include <tuple>

namespace bramble {

namespace {

// One end of a branch.
struct BranchEnd {
  int branch = -1;
  bool at_last = false;  // the end at node_to

  bool operator==(const BranchEnd&) const = default;
};

constexpr double largest_cosine_of_continuation = 0;

int end_id(BranchEnd end) { return 2 * end.branch + (end.at_last ? 1 : 0); }
BranchEnd end_of(int id) { return {id / 2, id % 2 == 1}; }
BranchEnd other_end(BranchEnd end) { return {end.branch, !end.at_last}; }

class Joiner {
 public:
  Joiner(const SkeletonGraph& graph, Spacing spacing, const JoinParams& params)
      : graph_(graph), spacing_(spacing), params_(params), partner_(2 * graph.branches.size(), -1) {
    std::vector<std::vector<int>> ends_at(graph.nodes.size());
    for (int b = 0; b < static_cast<int>(graph.branches.size()); ++b) {
      ends_at[graph.branches[b].node_from].push_back(end_id({b, false}));
      ends_at[graph.branches[b].node_to].push_back(end_id({b, true}));
    }
    for (const std::vector<int>& ends : ends_at) {
      pair(ends);
    }
  }

  std::vector<ShaftPath> join() const {
    std::vector<ShaftPath> paths;
    std::vector<bool> used(graph_.branches.size(), false);
    // Open chains start at an end without a partner; what is left are rings, cut at their first
    // branch.
    for (const bool open : {true, false}) {
      for (int id = 0; id < static_cast<int>(partner_.size()); ++id) {
        if (!used[end_of(id).branch] && (!open || partner_[id] < 0)) {
          paths.push_back(follow(end_of(id), used));
        }
      }
    }
    bridge_gaps(paths, params_);
    std::erase_if(paths,
                  [&](const ShaftPath& path) { return path.length_um < params_.min_length_um; });
    const auto first_point = [](const ShaftPath& path) {
      const Position p = path.points.front();
      return std::tuple(p.z_um, p.y_um, p.x_um);
    };
    std::stable_sort(paths.begin(), paths.end(), [&](const ShaftPath& a, const ShaftPath& b) {
      return a.length_um != b.length_um ? a.length_um > b.length_um
                                        : first_point(a) < first_point(b);
    });
    return paths;
  }

 private:
  // Away from the node, into the branch.
  Position direction(BranchEnd end) const {
    const std::vector<Voxel>& voxels = graph_.branches[end.branch].voxels;
    const int last = static_cast<int>(voxels.size()) - 1;
    const Position from = position_of(voxels[end.at_last ? last : 0], spacing_);
    Position to = from;
    for (int i = 1; i <= last && distance_um(from, to) < params_.direction_reach_um; ++i) {
      to = position_of(voxels[end.at_last ? last - i : i], spacing_);
    }
    return unit_direction(from, to, params_.axial_weight);
  }

  void pair(const std::vector<int>& ends) {
    std::vector<std::tuple<double, int, int>> candidates;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      for (std::size_t j = i + 1; j < ends.size(); ++j) {
        const double cosine = dot(direction(end_of(ends[i])), direction(end_of(ends[j])));
        if (cosine < largest_cosine_of_continuation &&
            end_of(ends[i]).branch != end_of(ends[j]).branch) {
          candidates.emplace_back(cosine, ends[i], ends[j]);
        }
      }
    }
    std::sort(candidates.begin(), candidates.end());
    for (const auto& [cosine, a, b] : candidates) {
      if (partner_[a] < 0 && partner_[b] < 0) {
        partner_[a] = b;
        partner_[b] = a;
      }
    }
  }

  ShaftPath follow(BranchEnd start, std::vector<bool>& used) const {
    ShaftPath path;
    BranchEnd entry = start;
    while (true) {
      used[entry.branch] = true;
      append(entry, path.points);
      const BranchEnd exit = other_end(entry);
      const int next = partner_[end_id(exit)];
      if (next < 0 || used[end_of(next).branch]) {
        break;
      }
      entry = end_of(next);
    }
    path.length_um = voxel_path_length_um(path.points, params_.axial_weight);
    return path;
  }

  void append(BranchEnd entry, std::vector<Position>& points) const {
    const std::vector<Voxel>& voxels = graph_.branches[entry.branch].voxels;
    const std::size_t skip = points.empty() ? 0 : 1;  // the node that two branches share
    for (std::size_t i = skip; i < voxels.size(); ++i) {
      points.push_back(position_of(voxels[entry.at_last ? voxels.size() - 1 - i : i], spacing_));
    }
  }

  const SkeletonGraph& graph_;
  Spacing spacing_;
  JoinParams params_;
  std::vector<int> partner_;
};

}  // namespace

std::vector<ShaftPath> join_branches(const SkeletonGraph& graph, Spacing spacing,
                                     const JoinParams& params) {
  return Joiner(graph, spacing, params).join();
}

}  // namespace bramble
