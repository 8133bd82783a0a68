#include "pipeline/stack/prune_spurs.hpp"

#include "pipeline/stack/polyline.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace bramble {

namespace {

constexpr double length_step_um = 0.5;

// The brightest branches that meet at a node, as far as a spur there needs to know.
struct BrightestAtNode {
  double brightness = 0;
  int branch = -1;
  double next_brightness = 0;

  void meet(int other, double other_brightness) {
    if (other_brightness > brightness) {
      next_brightness = brightness;
      brightness = other_brightness;
      branch = other;
    } else {
      next_brightness = std::max(next_brightness, other_brightness);
    }
  }
  double without(int left_out) const { return branch == left_out ? next_brightness : brightness; }
};

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
    lengths_um_[branch] = branch_length_um(measured, smoothed_.spacing, params_.axial_weight);
    brightness_[branch] = mean_brightness(measured, smoothed_);
  }

  std::vector<BrightestAtNode> brightest_at_nodes() const {
    std::vector<BrightestAtNode> brightest(graph_.nodes.size());
    for (int b = 0; b < num_branches(); ++b) {
      brightest[graph_.branches[b].node_from].meet(b, brightness_[b]);
      brightest[graph_.branches[b].node_to].meet(b, brightness_[b]);
    }
    return brightest;
  }

  // The length that an end branch counts with.
  double weighted_length_um(int branch, const std::vector<BrightestAtNode>& brightest) const {
    const SkeletonBranch& end = graph_.branches[branch];
    const int base = degree(end.node_to) == 1 ? end.node_from : end.node_to;
    const double beside = brightest[base].without(branch);
    const double ratio = beside > 0 ? std::clamp(brightness_[branch] / beside, 0.0, 1.0) : 1;
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
    const std::vector<BrightestAtNode> brightest = brightest_at_nodes();
    int shortest = -1;
    double shortest_um = params_.max_spur_length_um;
    for (int b = 0; b < num_branches(); ++b) {
      const SkeletonBranch& branch = graph_.branches[b];
      const int low = std::min(degree(branch.node_from), degree(branch.node_to));
      const int high = std::max(degree(branch.node_from), degree(branch.node_to));
      const bool is_end_branch = low == 1 && high > 2;
      const double length_um = is_end_branch ? weighted_length_um(b, brightest)
                                             : std::numeric_limits<double>::infinity();
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

double branch_length_um(const SkeletonBranch& branch, Spacing spacing, double axial_weight) {
  std::vector<Position> centres;
  for (const Voxel v : branch.voxels) {
    centres.push_back(position_of(v, spacing));
  }
  return voxel_path_length_um(std::move(centres), axial_weight);
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
