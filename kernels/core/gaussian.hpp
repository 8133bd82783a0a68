#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/memory.hpp"
#include "kernels/core/volume.hpp"

namespace bramble {

// Full width at half maximum of a Gaussian over its standard deviation: 2 sqrt(2 ln 2).
inline constexpr double gaussian_fwhm_per_sigma = 2.3548200450309493;

// Standard deviations of a Gaussian along each axis; 0 leaves that axis alone.
struct GaussianParams {
  float sigma_z_um = 0;
  float sigma_y_um = 0;
  float sigma_x_um = 0;
};

// Smooths with a separable sampled Gaussian of +-4 sigma; at the border the weights that fall
// outside are left out and the rest is normalised, so a constant stays constant. `in`, `scratch`
// and `out` are three volumes of one extent in the space of `exec`. Cost: three passes of one read
// and one write a voxel.
void smooth_gaussian(const Exec& exec, VolumeView<const float> in, VolumeView<float> scratch,
                     VolumeView<float> out, const GaussianParams& params);

// The same bits without a third volume; `out` may be `in`. `slices` is scratch in the space of
// `exec` that keeps its memory: eight slices of the volume and four standard deviations more. Cost:
// the same, and one more read and write a voxel.
void smooth_gaussian(const Exec& exec, VolumeView<const float> in, Volume<float>& slices,
                     VolumeView<float> out, const GaussianParams& params);

}  // namespace bramble
