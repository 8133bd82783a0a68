#pragma once

#include "kernels/core/volume.hpp"
#include "kernels/spine/straight_grid.hpp"

#include <cmath>

namespace bramble {

// Noise of a voxel at so many counts above the background: variance = at_background + gain x level.
struct LevelNoise {
  float variance_at_background = 1;
  float gain_counts = 0;

  BRAMBLE_HD float at(float level_counts) const noexcept {
    return sqrtf(variance_at_background + (level_counts > 0 ? gain_counts * level_counts : 0));
  }
};

// The straightened forms of one stack that spines are found in, all of one extent. Counts are above
// the background and smoothed by 0.7 um in depth; sigmas are those of the smoothing in plane.
struct SpineForms {
  VolumeView<const float> fine;            // sigma 0.12 um
  VolumeView<const float> medium;          // 0.22 um
  VolumeView<const float> blob;            // in-plane Laplacian response at 0.25 um
  VolumeView<const float> restored;        // the restored stack
  VolumeView<const float> model;           // of the shaft alone, for `fine`
  VolumeView<const float> restored_model;  // ... for `restored`
  VolumeView<const float> excess;          // fine - model in units of its noise
  LevelNoise noise;                        // of a voxel of the stack
  float fine_noise_gain = 1;               // noise of `fine` per noise of a voxel
  float blob_noise_gain = 1;               // ... of `blob`
};

}  // namespace bramble
