#pragma once

#include <cmath>
#include <numbers>

namespace bramble {

// sin(pi x) / (pi x), exact at whole numbers.
inline double sinc(double x) {
  if (x == std::round(x)) {
    return x == 0 ? 1 : 0;  // without the rounding of a sine
  }
  const double angle = std::numbers::pi * x;
  return std::sin(angle) / angle;
}

// The weight of a sample at `distance` samples from where a value is interpolated, |distance| <=
// num_lobes: a sinc windowed by a wider one.
inline double lanczos(double distance, int num_lobes) {
  return sinc(distance) * sinc(distance / num_lobes);
}

}  // namespace bramble
