#include "pipeline/stack/slice_step.hpp"

#include "kernels/core/top_of_parabola.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace bramble {

namespace {

// Steps before anything is seen: most follow a normal distribution, some may be anything in reach.
constexpr double usual_step_um = 0.5;
constexpr double unusual_frac = 0.1;
// A step must beat chance by this many units of log-likelihood: among some hundred independent
// shifts chance reaches 5.
constexpr double least_evidence = 10;
// What the estimate cannot know: structures change from slice to slice, and rows are scanned while
// the tissue moves. Grows with the number of slices between the two.
constexpr double unknown_um = 0.03;
constexpr double confirmed_from_um = 1;
constexpr double closure_um = 0.4;

double log_prior(double y_um, double x_um, double searched_um2) {
  const double square = (y_um * y_um + x_um * x_um) / (usual_step_um * usual_step_um);
  const double usual =
      std::exp(-square / 2) / (2 * std::numbers::pi) / (usual_step_um * usual_step_um);
  return std::log((1 - unusual_frac) * usual + unusual_frac / searched_um2);
}

// Of a correlation against none.
double evidence(double correlation, double num_pixels) {
  const double r = std::clamp(correlation, 0.0, 0.999);
  return -0.5 * num_pixels * std::log(1 - r * r);
}

// The step between two slices, whichever way it was measured.
std::optional<SliceStep> between(const std::vector<SliceStep>& steps, int from, int to) {
  for (const SliceStep& step : steps) {
    if (step.from == from && step.to == to) {
      return step;
    }
    if (step.from == to && step.to == from) {
      SliceStep back = step;
      back.y_um = -step.y_um;
      back.x_um = -step.x_um;
      return back;
    }
  }
  return std::nullopt;
}

bool is_confirmed(const std::vector<SliceStep>& steps, const SliceStep& step) {
  for (int third = step.from - 2; third <= step.to + 2; ++third) {
    const std::optional<SliceStep> out = between(steps, step.from, third);
    const std::optional<SliceStep> back = between(steps, third, step.to);
    if (out && back &&
        std::hypot(out->y_um + back->y_um - step.y_um, out->x_um + back->x_um - step.x_um) <
            closure_um) {
      return true;
    }
  }
  return false;
}

// Adds what nobody knows to the covariance: `unknown_um` across the sharpest structure, more along
// it, where the correlation is blunt and a change of content moves its top further.
std::array<double, 3> with_unknowns(std::array<double, 3> information, int num_slices) {
  constexpr double least = 1 / (usual_step_um * usual_step_um);
  information[0] = std::max(information[0], 0.0) + least;
  information[2] = std::max(information[2], 0.0) + least;
  const double largest = 0.98 * std::sqrt(information[0] * information[2]);
  information[1] = std::clamp(information[1], -largest, largest);
  const double half_difference = (information[0] - information[2]) / 2;
  const double sharpest =
      (information[0] + information[2]) / 2 + std::hypot(half_difference, information[1]);
  const double unknown = unknown_um * num_slices;
  const double scale = 1 / (1 + unknown * unknown * sharpest);
  return {information[0] * scale, information[1] * scale, information[2] * scale};
}

}  // namespace

std::optional<SliceStep> read_step(const ShiftMap& map, int from, int to, double usable_um2,
                                   double detail_um) {
  const VolumeView<const float> r = map.correlation.view();
  if (r.extent.y < 3 || r.extent.x < 3) {
    return std::nullopt;
  }
  const double pitch_y = r.spacing.y_um;
  const double pitch_x = r.spacing.x_um;
  const double num_pixels = usable_um2 / (4 * std::numbers::pi * detail_um * detail_um);
  const double searched_um2 = pitch_y * r.extent.y * pitch_x * r.extent.x;
  const auto likelihood = [&](int y, int x) {
    return evidence(static_cast<double>(r(0, y, x)), num_pixels) +
           log_prior(pitch_y * (y - map.reach_y_vox), pitch_x * (x - map.reach_x_vox),
                     searched_um2);
  };
  int y = 0;
  int x = 0;
  double best = -std::numeric_limits<double>::infinity();
  for (int i = 1; i + 1 < r.extent.y; ++i) {
    for (int j = 1; j + 1 < r.extent.x; ++j) {
      const double value = likelihood(i, j);
      if (value > best) {
        best = value;
        y = i;
        x = j;
      }
    }
  }
  const double top = static_cast<double>(r(0, y, x));
  if (evidence(top, num_pixels) < least_evidence) {
    return std::nullopt;
  }
  const auto at = [&](int i, int j) { return static_cast<double>(r(0, y + i, x + j)); };
  const double weight = num_pixels * top / (1 - std::min(top * top, 0.99));
  SliceStep step{.from = from, .to = to, .correlation = r(0, y, x)};
  step.y_um = pitch_y * (y - map.reach_y_vox + top_of_parabola(at(-1, 0), top, at(1, 0)));
  step.x_um = pitch_x * (x - map.reach_x_vox + top_of_parabola(at(0, -1), top, at(0, 1)));
  step.information = with_unknowns(
      {weight * (2 * top - at(-1, 0) - at(1, 0)) / (pitch_y * pitch_y),
       -weight * (at(1, 1) + at(-1, -1) - at(-1, 1) - at(1, -1)) / 4 / (pitch_y * pitch_x),
       weight * (2 * top - at(0, -1) - at(0, 1)) / (pitch_x * pitch_x)},
      to - from);
  return step;
}

std::vector<SliceStep> confirmed_steps(const std::vector<SliceStep>& steps) {
  std::vector<SliceStep> kept;
  for (const SliceStep& step : steps) {
    if (std::hypot(step.y_um, step.x_um) < confirmed_from_um || is_confirmed(steps, step)) {
      kept.push_back(step);
    }
  }
  return kept;
}

}  // namespace bramble
