#include "pipeline/stack/slice_path.hpp"

#include "pipeline/stack/course.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace bramble {

namespace {

constexpr std::size_t smallest_group = 5;
constexpr int num_reweightings = 5;
constexpr double break_um = 1;
constexpr int longest_jump_slices = 3;
// A step this many standard errors off has a tenth of its weight.
constexpr double doubtful_sigma = 3;
// Slices without a step between them are held together by this, so that the equations have one
// solution; it has no say where there is a step.
constexpr double weak_information = 1e-3;

std::size_t at(int slice) { return static_cast<std::size_t>(slice); }

// The group of slices that steps join, by its first slice.
std::vector<int> group_slices(const std::vector<SliceStep>& steps, int num_slices) {
  std::vector<int> group(at(num_slices));
  std::iota(group.begin(), group.end(), 0);
  for (bool changed = true; changed;) {
    changed = false;
    for (const SliceStep& step : steps) {
      const int lowest = std::min(group[at(step.from)], group[at(step.to)]);
      changed = changed || group[at(step.from)] != lowest || group[at(step.to)] != lowest;
      group[at(step.from)] = lowest;
      group[at(step.to)] = lowest;
    }
  }
  return group;
}

// The squared distance of a step from what the path says, in standard errors.
double misfit(const SliceStep& step, const std::vector<PlanePosition>& path) {
  const double y = path[at(step.to)].y_um - path[at(step.from)].y_um - step.y_um;
  const double x = path[at(step.to)].x_um - path[at(step.from)].x_um - step.x_um;
  const auto& w = step.information;
  return w[0] * y * y + 2 * w[1] * y * x + w[2] * x * x;
}

// Normal equations of all steps. Unknowns: y and x of slice 0, of slice 1, ...
std::vector<PlanePosition> solve(const std::vector<SliceStep>& steps,
                                 const std::vector<double>& weights, int num_slices) {
  Eigen::MatrixXd normal = Eigen::MatrixXd::Zero(2 * num_slices, 2 * num_slices);
  Eigen::VectorXd right = Eigen::VectorXd::Zero(2 * num_slices);
  normal.diagonal().setConstant(weak_information * weak_information);
  const auto add = [&](int from, int to, const Eigen::Matrix2d& information,
                       const Eigen::Vector2d& step) {
    normal.block<2, 2>(2 * to, 2 * to) += information;
    normal.block<2, 2>(2 * from, 2 * from) += information;
    normal.block<2, 2>(2 * to, 2 * from) -= information;
    normal.block<2, 2>(2 * from, 2 * to) -= information;
    right.segment<2>(2 * to) += information * step;
    right.segment<2>(2 * from) -= information * step;
  };
  for (int slice = 0; slice + 1 < num_slices; ++slice) {
    add(slice, slice + 1, weak_information * Eigen::Matrix2d::Identity(), {0, 0});
  }
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto& w = steps[i].information;
    Eigen::Matrix2d information;
    information << w[0], w[1], w[1], w[2];
    add(steps[i].from, steps[i].to, weights[i] * information, {steps[i].y_um, steps[i].x_um});
  }
  const Eigen::VectorXd solution = normal.ldlt().solve(right);
  std::vector<PlanePosition> path(at(num_slices));
  for (int slice = 0; slice < num_slices; ++slice) {
    path[at(slice)] = {solution(2 * slice), solution(2 * slice + 1)};
  }
  return path;
}

// Steps far off what the others say lose their weight.
std::vector<PlanePosition> fit_path(const std::vector<SliceStep>& steps, int num_slices) {
  std::vector<double> weights(steps.size(), 1.0);
  std::vector<PlanePosition> path = solve(steps, weights, num_slices);
  for (int i = 0; i < num_reweightings; ++i) {
    for (std::size_t k = 0; k < steps.size(); ++k) {
      weights[k] = 1 / (1 + misfit(steps[k], path) / (doubtful_sigma * doubtful_sigma));
    }
    path = solve(steps, weights, num_slices);
  }
  return path;
}

// Variance of a slice's place against its neighbours, along y and x: of the best step to one.
std::vector<PlanePosition> variances(const std::vector<SliceStep>& steps, int num_slices) {
  constexpr double unknown = 1e6;
  std::vector<PlanePosition> result(at(num_slices), {unknown, unknown});
  for (const SliceStep& step : steps) {
    const auto& w = step.information;
    const double determinant = w[0] * w[2] - w[1] * w[1];
    for (const int slice : {step.from, step.to}) {
      PlanePosition& variance = result[at(slice)];
      variance.y_um = std::min(variance.y_um, w[2] / determinant);
      variance.x_um = std::min(variance.x_um, w[0] / determinant);
    }
  }
  return result;
}

// The steps without those over a place where the path leaves by more than a micrometre and does not
// come back within a few slices: that is where the stack shows something else, not motion.
std::vector<SliceStep> without_breaks(const std::vector<SliceStep>& steps,
                                      const std::vector<PlanePosition>& path) {
  const auto far = [&](int from, int to) {
    return std::hypot(path[at(to)].y_um - path[at(from)].y_um,
                      path[at(to)].x_um - path[at(from)].x_um) > break_um;
  };
  const int num_slices = static_cast<int>(path.size());
  std::vector<bool> breaks_after(path.size(), false);
  for (int slice = 0; slice + 1 < num_slices; ++slice) {
    if (!far(slice, slice + 1)) {
      continue;
    }
    // It left before this step, or comes back after it.
    bool returns = false;
    for (int i = 1; i <= longest_jump_slices; ++i) {
      returns = returns || (slice + 1 + i < num_slices && !far(slice, slice + 1 + i)) ||
                (slice - i >= 0 && !far(slice - i, slice + 1));
    }
    breaks_after[at(slice)] = !returns;
  }
  std::vector<SliceStep> kept;
  for (const SliceStep& step : steps) {
    if (!std::any_of(breaks_after.begin() + step.from, breaks_after.begin() + step.to,
                     [](bool breaks) { return breaks; })) {
      kept.push_back(step);
    }
  }
  return kept;
}

}  // namespace

SlicePath slice_path(const std::vector<SliceStep>& measured, int num_slices) {
  SlicePath result{std::vector<PlanePosition>(at(num_slices)),
                   std::vector<float>(at(num_slices), 0.0f)};
  const std::vector<SliceStep> steps = without_breaks(measured, fit_path(measured, num_slices));
  const std::vector<int> group = group_slices(steps, num_slices);
  const std::vector<PlanePosition> path = fit_path(steps, num_slices);
  const std::vector<PlanePosition> variance = variances(steps, num_slices);
  for (int first = 0; first < num_slices; ++first) {
    std::vector<int> members;
    for (int slice = first; slice < num_slices; ++slice) {
      if (group[at(slice)] == first) {
        members.push_back(slice);
      }
    }
    if (members.size() < smallest_group) {
      continue;
    }
    const auto remainder = [&](double PlanePosition::*axis) {
      std::vector<CoursePoint> points;
      for (const int slice : members) {
        points.push_back(
            {static_cast<double>(slice), path[at(slice)].*axis, variance[at(slice)].*axis});
      }
      const std::vector<double> off = off_course(points);
      for (std::size_t i = 0; i < members.size(); ++i) {
        result.shifts[at(members[i])].*axis = off[i];
      }
    };
    remainder(&PlanePosition::y_um);
    remainder(&PlanePosition::x_um);
  }
  for (const SliceStep& step : steps) {
    for (const int slice : {step.from, step.to}) {
      float& confidence = result.confidence[at(slice)];
      confidence = std::max(confidence, step.correlation);
    }
  }
  return result;
}

}  // namespace bramble
