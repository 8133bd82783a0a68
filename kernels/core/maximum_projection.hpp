#pragma once

#include "kernels/core/counts.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"

namespace bramble {

// projection(0, y, x) = the largest of volume(z, y, x) over z, less `level`. `projection` has one
// plane of the volume's size.
void maximum_projection(const Exec& exec, CountsView volume, float level,
                        VolumeView<float> projection);

}  // namespace bramble
