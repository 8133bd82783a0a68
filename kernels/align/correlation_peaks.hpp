#pragma once

#include "kernels/core/volume.hpp"

#include <vector>

namespace bramble {

// A maximum of a cyclic correlation volume, as the shift it stands for.
struct CorrelationPeak {
  double shift_z_vox = 0;
  double shift_y_vox = 0;
  double shift_x_vox = 0;
  float height = 0;
};

// The highest local maxima (of 27 voxels) with shifts within +-`range` voxels, best first, at most
// `count`. Index 0 is no shift, index n - 1 a shift of -1. The place between voxels is the top of
// the parabola through the logarithms of the peak and its two neighbours along each axis: exact for
// a Gaussian peak. `correlation` on the host.
std::vector<CorrelationPeak> highest_peaks(VolumeView<const float> correlation, Extent range,
                                           int count);

}  // namespace bramble
