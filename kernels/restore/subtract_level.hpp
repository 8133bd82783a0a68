#pragma once

#include "kernels/core/counts.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"

namespace bramble {

// result = values - level, not clipped.
void subtract_level(const Exec& exec, CountsView values, float level, VolumeView<float> result);

}  // namespace bramble
