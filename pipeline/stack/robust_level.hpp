#pragma once

#include "kernels/core/volume.hpp"

#include <vector>

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

// The median of the positive values of a filter response, from the same sample; 0 when there are
// none. Where most of a volume is noise, this is the response to noise, whatever lies in the rest.
float median_positive(VolumeView<const float> response);

// The scatter alone: 1.4826 times the median deviation from `centre` of the values that are not
// above it; 0 when all are.
float sigma_below(const std::vector<float>& values, float centre);

}  // namespace bramble
