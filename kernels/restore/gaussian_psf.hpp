#pragma once

#include "kernels/core/geometry.hpp"
#include "kernels/core/volume.hpp"

namespace bramble {

// Full widths at half maximum of a Gaussian two-photon point spread function.
struct GaussianPsfParams {
  float fwhm_xy_um = 0.45f;
  float fwhm_z_um = 1.9f;
};

// The PSF sampled at voxel centres out to +-4 sigma, on the host: odd extent, centred on the middle
// voxel, sum 1 (in double, then rounded). Throws InvalidArgument for a width or spacing that is not
// positive.
Volume<float> gaussian_psf(Spacing spacing, const GaussianPsfParams& params);

}  // namespace bramble
