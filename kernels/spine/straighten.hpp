#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/spine/straight_grid.hpp"

namespace bramble {

// straight(w, s, u) = the stack at axis(s) + u across(s) + w z, by trilinear interpolation; 0 at
// gaps. `stations` in the space of `exec`, as many as `straight` has rows; `straight` of
// StraightGrid's extent. Cost: eight reads and one write a sample.
void straighten(const Exec& exec, VolumeView<const float> stack, const Station* stations,
                VolumeView<float> straight);

}  // namespace bramble
