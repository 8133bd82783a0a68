#pragma once

#include <vector>

namespace bramble {

// Full width at half maximum of a profile with one maximum. Between samples its logarithm is a
// parabola, so a Gaussian's width is exact however coarsely it is sampled; where a value is not
// positive it is linear. NaN when the profile does not fall to half on both sides.
double full_width_um(const std::vector<double>& profile, double spacing_um);

}  // namespace bramble
