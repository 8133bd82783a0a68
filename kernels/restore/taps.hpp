#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/memory.hpp"

#include <vector>

namespace bramble {

// One factor of the PSF, turned round, as both blurs use it: blurred[i] = sum of tap[j] object[i +
// j], transposed[i] = sum of tap[j] ratio[i - j]; the object begins a radius before the image.
struct Taps {
  static constexpr int max_taps = 129;
  int num_taps = 0;
  float tap[max_taps] = {};

  int radius() const noexcept { return num_taps / 2; }
};

// Throws InvalidArgument when `factor` has more than Taps::max_taps values.
Taps taps_of(const std::vector<float>& factor);

// The part of each object voxel's light that falls on an image of `size` voxels, along one axis, in
// the space of `exec`: size + taps - 1 values.
Array<float> seen_along(const Exec& exec, const Taps& taps, int size);

}  // namespace bramble
