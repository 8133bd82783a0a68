#pragma once

#include "kernels/core/counts.hpp"

#include <vector>

namespace bramble {

// How much the voxels of one expected brightness scatter.
struct MeanVariance {
  double mean = 0;
  double variance = 0;
};

// Some 24 groups of places of equal surround, from dark to bright, each with its mean and variance,
// from a fixed sample of about a million places. The variance is that of what a bent surface leaves
// of 3 x 3 voxels, the mean weighs each voxel as it adds to that variance, so a place's structure
// does not matter. The nine voxels lie as far apart as it takes that a detector's filter or
// resampling does not tie them together. Places with voxels of `saturation_counts` or more are left
// out; groups of a few places too, so that small stacks may give none. `counts` on the host.
std::vector<MeanVariance> mean_variance(CountsView counts, float saturation_counts);

}  // namespace bramble
