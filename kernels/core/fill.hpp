#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"

namespace bramble {

// Gives every voxel the same value. `volume` in the space of `exec`.
void fill(const Exec& exec, VolumeView<float> volume, float value);

}  // namespace bramble
