#include "pipeline/evaluate/branch_points.hpp"

#include "pipeline/evaluate/line_scores.hpp"
#include "pipeline/evaluate/share.hpp"

#include <algorithm>
#include <cstddef>
#include <tuple>

namespace bramble {
namespace {

constexpr double on_line_um = 0.1;  // nodes of synthetic centrelines are that far apart
constexpr double shortest_branch_um = 10;

double distance_to_nodes_um(Position p, const TruthDendrite& dendrite) {
  double nearest_um = 2 * on_line_um;
  for (const Position& node : dendrite.nodes) {
    nearest_um = std::min(nearest_um, distance_um(p, node));
  }
  return nearest_um;
}

struct Pair {
  double distance_um;
  std::size_t truth;
  std::size_t found;
};

// Nearest first; each point is in one pair at most.
std::vector<Pair> paired(const std::vector<TrueBranchPoint>& truth,
                         const std::vector<Position>& found, double gate_um) {
  std::vector<Pair> candidates;
  for (std::size_t t = 0; t < truth.size(); ++t) {
    for (std::size_t f = 0; f < found.size(); ++f) {
      const double distance = distance_um(truth[t].position, found[f]);
      if (distance <= gate_um) {
        candidates.push_back({distance, t, f});
      }
    }
  }
  std::sort(candidates.begin(), candidates.end(), [](const Pair& a, const Pair& b) {
    return std::tie(a.distance_um, a.truth, a.found) < std::tie(b.distance_um, b.truth, b.found);
  });
  std::vector<bool> truth_used(truth.size(), false);
  std::vector<bool> found_used(found.size(), false);
  std::vector<Pair> pairs;
  for (const Pair& pair : candidates) {
    if (!truth_used[pair.truth] && !found_used[pair.found]) {
      truth_used[pair.truth] = true;
      found_used[pair.found] = true;
      pairs.push_back(pair);
    }
  }
  return pairs;
}

struct Counts {
  int num_true = 0;
  int num_hits = 0;
  int num_found = 0;  // that are hits or false
  double distance_um = 0;
};

void count(const std::vector<TrueBranchPoint>& truth, const std::vector<Position>& found,
           double gate_um, Counts& counts) {
  counts.num_true += static_cast<int>(std::count_if(
      truth.begin(), truth.end(), [](const TrueBranchPoint& point) { return point.counts; }));
  counts.num_found += static_cast<int>(found.size());
  for (const Pair& pair : paired(truth, found, gate_um)) {
    if (truth[pair.truth].counts) {
      ++counts.num_hits;
      counts.distance_um += pair.distance_um;
    } else {
      --counts.num_found;
    }
  }
}

}  // namespace

std::vector<TrueBranchPoint> true_branch_points(const TruthStack& stack) {
  std::vector<TrueBranchPoint> points;
  for (const TruthDendrite& branch : stack.dendrites) {
    const bool branches_off =
        !branch.nodes.empty() &&
        std::any_of(stack.dendrites.begin(), stack.dendrites.end(), [&](const TruthDendrite& host) {
          return &host != &branch && distance_to_nodes_um(branch.nodes.front(), host) < on_line_um;
        });
    if (branches_off) {
      points.push_back(
          {.position = branch.nodes.front(),
           .counts = branch.inside.front() &&
                     true_length_um(branch, TruthKind::phantom) >= shortest_branch_um});
    }
  }
  return points;
}

BranchPointScore branch_point_score(const StudyTruth& truth,
                                    const std::vector<TracedStack>& traces) {
  BranchPointScore score;
  if (truth.kind != TruthKind::phantom) {
    return score;
  }
  Counts counts;
  for (const TruthStack& stack : truth.stacks) {
    const TracedStack* traced = trace_of(stack, traces);
    if (traced != nullptr) {
      count(true_branch_points(stack), traced->branch_points, score.gate_um, counts);
    }
  }
  score.recall = share_of(counts.num_hits, counts.num_true);
  score.precision = share_of(counts.num_hits, counts.num_found);
  if (counts.num_hits > 0) {
    score.distance_mean_um = counts.distance_um / counts.num_hits;
  }
  return score;
}

}  // namespace bramble
