#include "pipeline/stack/prune_spurs.hpp"

#include "pipeline/stack/polyline.hpp"

#include <algorithm>

namespace bramble {

namespace {

constexpr double length_step_um = 0.5;

std::vector<Position> positions_of(const std::vector<Voxel>& voxels, Spacing spacing) {
  std::vector<Position> positions;
  for (const Voxel v : voxels) {
    positions.push_back(position_of(v, spacing));
  }
  return positions;
}

// The graph while branches are taken from it.
class Pruner {
 public:
  Pruner(SkeletonGraph graph, Spacing spacing, const PruneParams& params)
      : graph_(std::move(graph)), spacing_(spacing), params_(params) {
    for (const SkeletonBranch& branch : graph_.branches) {
      lengths_um_.push_back(
          voxel_path_length_um(positions_of(branch.voxels, spacing_), params_.axial_weight));
    }
  }

  PrunedGraph prune() {
    drop_noise_loops();
    for (int node = 0; node < num_nodes(); ++node) {
      merge_at(node);
    }
    for (int spur = shortest_spur(); spur >= 0; spur = shortest_spur()) {
      take(spur);
    }
    return {std::move(graph_), std::move(spurs_)};
  }

 private:
  int num_nodes() const { return static_cast<int>(graph_.nodes.size()); }
  int num_branches() const { return static_cast<int>(graph_.branches.size()); }
  int degree(int node) const { return graph_.nodes[node].degree; }
  Position at(int node) const { return position_of(graph_.nodes[node].voxel, spacing_); }

  void erase(int branch) {
    --graph_.nodes[graph_.branches[branch].node_from].degree;
    --graph_.nodes[graph_.branches[branch].node_to].degree;
    graph_.branches.erase(graph_.branches.begin() + branch);
    lengths_um_.erase(lengths_um_.begin() + branch);
  }

  void drop_noise_loops() {
    for (int b = num_branches() - 1; b >= 0; --b) {
      const SkeletonBranch& branch = graph_.branches[b];
      if (branch.node_from == branch.node_to && lengths_um_[b] < params_.max_noise_loop_um) {
        erase(b);
      }
    }
  }

  // The index of the shortest end branch under the limit, the first of equals; -1 when there is
  // none.
  int shortest_spur() const {
    int shortest = -1;
    for (int b = 0; b < num_branches(); ++b) {
      const SkeletonBranch& branch = graph_.branches[b];
      const int low = std::min(degree(branch.node_from), degree(branch.node_to));
      const int high = std::max(degree(branch.node_from), degree(branch.node_to));
      const bool is_end_branch = low == 1 && high > 2;
      if (is_end_branch && lengths_um_[b] < params_.max_spur_length_um &&
          (shortest < 0 || lengths_um_[b] < lengths_um_[shortest])) {
        shortest = b;
      }
    }
    return shortest;
  }

  void take(int spur) {
    const SkeletonBranch& branch = graph_.branches[spur];
    const bool tip_is_last = degree(branch.node_to) == 1;
    const int tip = tip_is_last ? branch.node_to : branch.node_from;
    const int base = tip_is_last ? branch.node_from : branch.node_to;
    spurs_.push_back({.base = at(base), .tip = at(tip), .length_um = lengths_um_[spur]});
    erase(spur);
    merge_at(base);
  }

  // Makes one branch of the two at a node of degree 2; a ring's node stays.
  void merge_at(int node) {
    if (degree(node) != 2) {
      return;
    }
    std::vector<int> ends;
    for (int b = 0; b < num_branches(); ++b) {
      if (graph_.branches[b].node_from == node || graph_.branches[b].node_to == node) {
        ends.push_back(b);
      }
    }
    if (ends.size() != 2) {
      return;
    }
    SkeletonBranch first = graph_.branches[ends[0]];
    SkeletonBranch second = graph_.branches[ends[1]];
    if (first.node_to != node) {
      reverse(first);
    }
    if (second.node_from != node) {
      reverse(second);
    }
    first.node_to = second.node_to;
    first.voxels.insert(first.voxels.end(), second.voxels.begin() + 1, second.voxels.end());
    graph_.nodes[node].degree = 0;
    lengths_um_[ends[0]] =
        voxel_path_length_um(positions_of(first.voxels, spacing_), params_.axial_weight);
    graph_.branches[ends[0]] = std::move(first);
    graph_.branches.erase(graph_.branches.begin() + ends[1]);
    lengths_um_.erase(lengths_um_.begin() + ends[1]);
  }

  static void reverse(SkeletonBranch& branch) {
    std::swap(branch.node_from, branch.node_to);
    std::reverse(branch.voxels.begin(), branch.voxels.end());
  }

  SkeletonGraph graph_;
  Spacing spacing_;
  PruneParams params_;
  std::vector<double> lengths_um_;
  std::vector<Spur> spurs_;
};

}  // namespace

double voxel_path_length_um(std::vector<Position> voxel_centres, double axial_weight) {
  for (Position& p : voxel_centres) {
    p.z_um *= axial_weight;
  }
  return polyline_length_um(resample(voxel_centres, length_step_um));
}

PrunedGraph prune_spurs(SkeletonGraph graph, Spacing spacing, const PruneParams& params) {
  return Pruner(std::move(graph), spacing, params).prune();
}

}  // namespace bramble
