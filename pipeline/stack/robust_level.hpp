#pragma once

#include "kernels/core/volume.hpp"

namespace bramble {

// Level and scatter of the dark part of a volume: the median, and 1.4826 times the median deviation
// from it of the values below it, which structures do not reach. From a fixed sample of about a
// million voxels.
struct RobustLevel {
  float median = 0;
  float sigma = 0;
};

// `values` on the host, not empty.
RobustLevel robust_level(VolumeView<const float> values);

}  // namespace bramble
