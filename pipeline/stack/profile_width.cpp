#include "pipeline/stack/profile_width.hpp"

#include "kernels/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace bramble {

namespace {

constexpr double peak_reach_um = 0.3;
constexpr double beside_um = 0.4;

std::ptrdiff_t num_steps(double length_um, double step_um) {
  return std::max<std::ptrdiff_t>(1, std::lround(length_um / step_um));
}

double level_beside(const std::vector<double>& profile, std::ptrdiff_t num_beside) {
  double sum = 0;
  for (std::ptrdiff_t i = 0; i < num_beside; ++i) {
    sum += *(profile.begin() + i) + *(profile.rbegin() + i);
  }
  return sum / (2 * static_cast<double>(num_beside));
}

struct Peak {
  double offset = 0;  // from the highest value, in steps
  double value = 0;
};

// Of the parabola through a value and its neighbours.
Peak peak_between(double before, double here, double after) {
  const double curvature = before - 2 * here + after;
  if (!(curvature < 0)) {
    return {.offset = 0, .value = here};
  }
  const double offset = std::clamp(0.5 * (before - after) / curvature, -0.5, 0.5);
  return {.offset = offset, .value = here - 0.25 * (before - after) * offset};
}

// How many steps on the way from `first` to `end` the values fall below `half`.
template <class Iterator>
double steps_to(double half, Iterator first, Iterator end) {
  const auto below = std::find_if(first, end, [half](double value) { return value < half; });
  if (below == end || below == first) {
    return static_cast<double>(below - first) - (below == end ? 1 : 0);
  }
  const double before = *(below - 1);
  return static_cast<double>(below - 1 - first) + (before - half) / (before - *below);
}

}  // namespace

ProfileWidth profile_width(const std::vector<double>& profile, double step_um) {
  const std::ptrdiff_t middle = std::ssize(profile) / 2;
  const std::ptrdiff_t peak_reach = num_steps(peak_reach_um, step_um);
  const std::ptrdiff_t num_beside = num_steps(beside_um, step_um);
  require(std::ssize(profile) % 2 == 1 && middle >= peak_reach + num_beside,
          "a profile across a neurite needs an odd number of values and 0.7 um on both sides");
  const auto first = profile.begin() + middle - peak_reach;
  const auto highest = std::max_element(first, first + 2 * peak_reach + 1);
  const Peak peak = peak_between(*(highest - 1), *highest, *(highest + 1));
  const double beside = level_beside(profile, num_beside);
  const double half = (peak.value + beside) / 2;
  const double right = steps_to(half, highest, profile.end()) - peak.offset;
  const double left =
      steps_to(half, std::make_reverse_iterator(highest + 1), profile.rend()) + peak.offset;
  return {.contrast_counts = peak.value - beside,
          .width_um = step_um * (left + right),
          .narrow_width_um = 2 * step_um * std::max(0.0, std::min(left, right))};
}

}  // namespace bramble
