#pragma once

#include "kernels/core/bit_volume.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"

namespace bramble {

// A voxel is foreground when it stands out against its surround and against the noise:
//   value - background > max(threshold, local_ratio * (local_mean - background)).
struct LocalThresholdParams {
  float background_counts = 0;
  float low_threshold_counts = 0;   // above background: the foreground ...
  float high_threshold_counts = 0;  // ... and its seeds, which decide what foreground is kept
  float local_ratio = 2.5f;         // of what a bright line leaves of itself in the local mean
};

// `values`: the smoothed stack; `local_mean`: the same stack smoothed over several um. Writes both
// masks; they take the extent of `values`. Cost: reads 8 B a voxel.
void threshold_locally(const Exec& exec, VolumeView<const float> values,
                       VolumeView<const float> local_mean, const LocalThresholdParams& params,
                       BitVolume& low, BitVolume& high);

}  // namespace bramble
