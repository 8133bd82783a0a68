#include "kernels/restore/full_width.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace bramble {

namespace {

// The logarithm around a sample: value + slope t + curvature t^2, t in samples.
struct LogParabola {
  double value;
  double slope;
  double curvature;

  double at(double t) const { return value + (slope + curvature * t) * t; }
};

std::optional<LogParabola> log_parabola(const std::vector<double>& profile, std::size_t i) {
  if (i == 0 || i + 1 >= profile.size() || profile[i - 1] <= 0 || profile[i + 1] <= 0) {
    return std::nullopt;
  }
  const double below = std::log(profile[i - 1]);
  const double value = std::log(profile[i]);
  const double above = std::log(profile[i + 1]);
  return LogParabola{value, (above - below) / 2, (above + below) / 2 - value};
}

// The maximum may lie between two samples.
double peak_of(const std::vector<double>& profile, std::size_t brightest) {
  const std::optional<LogParabola> parabola = log_parabola(profile, brightest);
  if (!parabola || !(parabola->curvature < 0)) {
    return profile[brightest];
  }
  return std::exp(parabola->at(-parabola->slope / (2 * parabola->curvature)));
}

// How far behind sample `from`, in samples, the profile falls to `half` for the first time.
double distance_to(double half, const std::vector<double>& profile, std::size_t from) {
  std::size_t i = from;
  while (i + 1 < profile.size() && profile[i + 1] > half) {
    ++i;
  }
  if (i + 1 >= profile.size()) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  const double whole = static_cast<double>(i - from);
  const std::optional<LogParabola> parabola = log_parabola(profile, i);
  if (!parabola) {
    return whole + (profile[i] - half) / (profile[i] - profile[i + 1]);
  }
  double low = 0;
  double high = 1;
  constexpr int num_halvings = 50;
  for (int step = 0; step < num_halvings; ++step) {
    const double middle = (low + high) / 2;
    (parabola->at(middle) > std::log(half) ? low : high) = middle;
  }
  return whole + low;
}

}  // namespace

double full_width_um(const std::vector<double>& profile, double spacing_um) {
  const auto top = std::max_element(profile.begin(), profile.end());
  if (top == profile.end() || !(*top > 0)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  const auto brightest = static_cast<std::size_t>(top - profile.begin());
  const double half = peak_of(profile, brightest) / 2;
  const std::vector<double> mirrored(profile.rbegin(), profile.rend());
  return spacing_um * (distance_to(half, profile, brightest) +
                       distance_to(half, mirrored, profile.size() - 1 - brightest));
}

}  // namespace bramble
