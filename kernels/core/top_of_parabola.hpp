#pragma once

#include <algorithm>

namespace bramble {

// Where the parabola through (-1, below), (0, centre), (1, above) has its top, at most half a step
// away; 0 when it has none.
inline double top_of_parabola(double below, double centre, double above) noexcept {
  const double curvature = below - 2 * centre + above;
  if (!(curvature < 0)) {
    return 0;
  }
  return std::clamp(0.5 * (below - above) / curvature, -0.5, 0.5);
}

}  // namespace bramble
