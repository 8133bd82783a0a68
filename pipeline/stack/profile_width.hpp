#pragma once

#include <vector>

namespace bramble {

// What a neurite looks like across.
struct ProfileWidth {
  double contrast_counts = 0;  // of its middle over what lies beside it
  double width_um = 0;         // full width at half of the contrast
  // Twice the distance from the maximum to half of the contrast on the side where it is shorter:
  // what lies close beside a neurite, such as a spine, only ever makes the other side wider.
  double narrow_width_um = 0;
};

// Of values at equal steps across a neurite, an odd number of them with its axis in the middle, of
// which the maximum lies within 0.3 um. The maximum is that of the parabola through the highest
// value and its neighbours; what lies beside it is the mean of the outermost 0.4 um of both sides.
// A side that does not fall to half of the contrast counts as wide as it is long.
ProfileWidth profile_width(const std::vector<double>& profile, double step_um);

}  // namespace bramble
