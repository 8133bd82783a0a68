#include "pipeline/evaluate/line_scores.hpp"

#include "pipeline/evaluate/evaluation_input.hpp"
#include "pipeline/evaluate/share.hpp"
#include "pipeline/stack/polyline.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace bramble {
namespace {

using Line = std::vector<Position>;

constexpr double step_um = 0.25;

// The stretches of a dendrite that lie in the volume.
std::vector<Line> stretches_inside(const TruthDendrite& dendrite) {
  std::vector<Line> stretches;
  bool going_on = false;
  for (std::size_t i = 0; i < dendrite.nodes.size(); ++i) {
    if (dendrite.inside[i]) {
      if (!going_on) {
        stretches.emplace_back();
      }
      stretches.back().push_back(dendrite.nodes[i]);
    }
    going_on = dendrite.inside[i];
  }
  return stretches;
}

std::vector<Line> lines_of(const TruthDendrite& dendrite, TruthKind kind) {
  std::vector<Line> lines = stretches_inside(dendrite);
  if (kind == TruthKind::annotation) {
    for (Line& line : lines) {
      // Whole slices and pixels make a staircase that is longer than the dendrite.
      line = smooth(resample(line, step_um), step_um, {});
    }
  }
  return lines;
}

std::vector<Line> true_lines(const TruthStack& stack, TruthKind kind) {
  std::vector<Line> all;
  for (const TruthDendrite& dendrite : stack.dendrites) {
    const std::vector<Line> lines = lines_of(dendrite, kind);
    all.insert(all.end(), lines.begin(), lines.end());
  }
  return all;
}

double distance_to_segment_um(Position p, Position from, Position to) {
  const Position along = to - from;
  const double square = dot(along, along);
  const double part = square > 0 ? std::clamp(dot(p - from, along) / square, 0.0, 1.0) : 0;
  return distance_um(p, from + along * part);
}

double distance_to_lines_um(Position p, const std::vector<Line>& lines) {
  double nearest_um = std::numeric_limits<double>::infinity();
  for (const Line& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      const Position next = line[std::min(i + 1, line.size() - 1)];
      nearest_um = std::min(nearest_um, distance_to_segment_um(p, line[i], next));
    }
  }
  return nearest_um;
}

// What the points of one set of lines are from the other. A point stands for its share of the
// length of its line.
struct Comparison {
  double length_um = 0;
  double alone_um = 0;
  std::vector<double> distances_um;  // of the points that are not alone
};

void compare(Comparison& sums, const std::vector<Line>& lines, const std::vector<Line>& others,
             double gate_um, double reach_um) {
  for (const Line& line : lines) {
    const Line points = resample(line, step_um);
    const double share_um = polyline_length_um(line) / static_cast<double>(points.size());
    for (const Position& point : points) {
      const double nearest_um = distance_to_lines_um(point, others);
      if (nearest_um > reach_um) {
        continue;
      }
      sums.length_um += share_um;
      if (nearest_um > gate_um) {
        sums.alone_um += share_um;
      } else {
        sums.distances_um.push_back(nearest_um);
      }
    }
  }
}

}  // namespace

double true_length_um(const TruthDendrite& dendrite, TruthKind kind) {
  if (!std::isnan(dendrite.length_um)) {
    return dendrite.length_um;
  }
  double sum_um = 0;
  for (const Line& line : lines_of(dendrite, kind)) {
    sum_um += polyline_length_um(line);
  }
  return sum_um;
}

double true_length_um(const TruthStack& stack, TruthKind kind) {
  double sum_um = 0;
  for (const TruthDendrite& dendrite : stack.dendrites) {
    sum_um += true_length_um(dendrite, kind);
  }
  return sum_um;
}

const TracedStack* trace_of(const TruthStack& stack, const std::vector<TracedStack>& traces) {
  const auto traced = std::find_if(traces.begin(), traces.end(), [&](const TracedStack& trace) {
    return trace.subject_id == stack.subject_id && trace.session_id == stack.session_id &&
           trace.fov == stack.fov;
  });
  return traced == traces.end() ? nullptr : &*traced;
}

CentrelineScore centreline_score(const StudyTruth& truth, const std::vector<TracedStack>& traces) {
  constexpr double everywhere = std::numeric_limits<double>::infinity();
  const double reach_um = truth.kind == TruthKind::annotation ? annotated_reach_um : everywhere;
  CentrelineScore score;
  Comparison of_truth;
  Comparison of_run;
  for (const TruthStack& stack : truth.stacks) {
    const TracedStack* traced = trace_of(stack, traces);
    if (traced == nullptr || stack.dendrites.empty()) {
      continue;
    }
    const std::vector<Line> lines = true_lines(stack, truth.kind);
    compare(of_truth, lines, traced->lines, score.gate_um, everywhere);
    compare(of_run, traced->lines, lines, score.gate_um, reach_um);
  }
  std::vector<double> both = of_truth.distances_um;
  both.insert(both.end(), of_run.distances_um.begin(), of_run.distances_um.end());
  score.mean_um = mean_of(both);
  score.p95_um = quantile(both, 0.95);
  score.true_um = of_truth.length_um;
  score.missed_um = of_truth.alone_um;
  score.traced_um = of_run.length_um;
  score.extra_um = of_run.alone_um;
  return score;
}

}  // namespace bramble
