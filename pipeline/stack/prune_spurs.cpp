#include "pipeline/stack/prune_spurs.hpp"

#include "pipeline/stack/polyline.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

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
  Pruner(SkeletonGraph graph, VolumeView<const float> smoothed, const PruneParams& params)
      : graph_(std::move(graph)),
        smoothed_(smoothed),
        params_(params),
        lengths_um_(graph_.branches.size()),
        brightness_(graph_.branches.size()) {
    for (int b = 0; b < num_branches(); ++b) {
      measure(b);
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
  Position at(int node) const { return position_of(graph_.nodes[node].voxel, smoothed_.spacing); }

  void measure(int branch) {
    const SkeletonBranch& measured = graph_.branches[branch];
    lengths_um_[branch] = voxel_path_length_um(positions_of(measured.voxels, smoothed_.spacing),
                                               params_.axial_weight);
    brightness_[branch] = mean_brightness(measured, smoothed_);
  }

  // The length that an end branch counts with.
  double weighted_length_um(int branch) const {
    const SkeletonBranch& end = graph_.branches[branch];
    const int base = degree(end.node_to) == 1 ? end.node_from : end.node_to;
    double brightest = 0;
    for (int b = 0; b < num_branches(); ++b) {
      const SkeletonBranch& other = graph_.branches[b];
      if (b != branch && (other.node_from == base || other.node_to == base)) {
        brightest = std::max(brightest, brightness_[b]);
      }
    }
    const double ratio = brightest > 0 ? std::clamp(brightness_[branch] / brightest, 0.0, 1.0) : 1;
    return lengths_um_[branch] * std::sqrt(ratio);
  }

  void erase(int branch) {
    --graph_.nodes[graph_.branches[branch].node_from].degree;
    --graph_.nodes[graph_.branches[branch].node_to].degree;
    graph_.branches.erase(graph_.branches.begin() + branch);
    lengths_um_.erase(lengths_um_.begin() + branch);
    brightness_.erase(brightness_.begin() + branch);
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
    double shortest_um = params_.max_spur_length_um;
    for (int b = 0; b < num_branches(); ++b) {
      const SkeletonBranch& branch = graph_.branches[b];
      const int low = std::min(degree(branch.node_from), degree(branch.node_to));
      const int high = std::max(degree(branch.node_from), degree(branch.node_to));
      const bool is_end_branch = low == 1 && high > 2;
      const double length_um =
          is_end_branch ? weighted_length_um(b) : std::numeric_limits<double>::infinity();
      if (length_um < shortest_um) {
        shortest = b;
        shortest_um = length_um;
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
    graph_.branches[ends[0]] = std::move(first);
    measure(ends[0]);
    graph_.branches.erase(graph_.branches.begin() + ends[1]);
    lengths_um_.erase(lengths_um_.begin() + ends[1]);
    brightness_.erase(brightness_.begin() + ends[1]);
  }

  static void reverse(SkeletonBranch& branch) {
    std::swap(branch.node_from, branch.node_to);
    std::reverse(branch.voxels.begin(), branch.voxels.end());
  }

  SkeletonGraph graph_;
  VolumeView<const float> smoothed_;
  PruneParams params_;
  std::vector<double> lengths_um_;
  std::vector<double> brightness_;
  std::vector<Spur> spurs_;
};

}  // namespace

double voxel_path_length_um(std::vector<Position> voxel_centres, double axial_weight) {
  for (Position& p : voxel_centres) {
    p.z_um *= axial_weight;
  }
  return polyline_length_um(resample(voxel_centres, length_step_um));
}

double mean_brightness(const SkeletonBranch& branch, VolumeView<const float> smoothed) {
  double sum = 0;
  for (const Voxel v : branch.voxels) {
    sum += static_cast<double>(smoothed(v));
  }
  return sum / static_cast<double>(branch.voxels.size());
}

PrunedGraph prune_spurs(SkeletonGraph graph, VolumeView<const float> smoothed,
                        const PruneParams& params) {
  return Pruner(std::move(graph), smoothed, params).prune();
}

}  // namespace bramble
