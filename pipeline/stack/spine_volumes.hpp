#pragma once

#include "kernels/core/volume.hpp"

namespace bramble {

// The filtered forms of one calibrated stack that spines are found in, all background-subtracted,
// on the host and of one extent. In-plane Gaussians; z is smoothed by 0.7 um in all of them.
struct SpineVolumes {
  VolumeView<const float> fine;    // sigma 0.12 um
  VolumeView<const float> medium;  // 0.22 um
  VolumeView<const float> blob;    // in-plane Laplacian response at 0.25 um
};

inline constexpr float spine_sigma_z_um = 0.7f;
inline constexpr float fine_sigma_um = 0.12f;
inline constexpr float medium_sigma_um = 0.22f;
inline constexpr float blob_sigma_um = 0.25f;

}  // namespace bramble
