#pragma once

#include "kernels/core/volume.hpp"

namespace bramble {

// The tails of a measured PSF are dimmer than its noise, and wide enough to hold a tenth of its
// light. Each voxel below 3 standard deviations of the noise becomes the mean of all such voxels in
// the 3 x 5 x 5 around it, or 0 when that mean is within 3 of its own standard deviations. Brighter
// voxels stay and lend nothing. Clipping at 0 instead would leave half of the noise as haze, and at
// 3 standard deviations take the tails away. `values` on the host, above background.
Volume<float> average_dim_voxels(const Volume<float>& values, double noise_sigma);

}  // namespace bramble
