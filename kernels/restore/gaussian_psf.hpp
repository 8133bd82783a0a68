#pragma once

#include "kernels/core/geometry.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/restore/excitation.hpp"

namespace bramble {

// Full widths at half maximum of a Gaussian two-photon point spread function.
struct GaussianPsfParams {
  float fwhm_xy_um = 0.45f;
  float fwhm_z_um = 1.9f;
};

// The widths of the Gaussian nearest to the focus of a uniformly filled lens (Zipfel, Williams and
// Webb 2003, doi 10.1038/nbt899), 1/e half widths w of the squared intensity, FWHM = 2 sqrt(ln 2)
// w:
//   w_xy = 0.320 wavelength / (sqrt(2) NA) up to NA 0.7, 0.325 wavelength / (sqrt(2) NA^0.91)
//   above, w_z = 0.532 wavelength / sqrt(2) / (n - sqrt(n^2 - NA^2)).
// A beam that does not fill the pupil is wider, by 10 % and more. Throws InvalidArgument for
// impossible optics.
GaussianPsfParams zipfel_widths(const Excitation& excitation);

// The PSF sampled at voxel centres out to +-4 sigma, on the host: odd extent, centred on the middle
// voxel, sum 1 (in double, then rounded). Throws InvalidArgument for a width or spacing that is not
// positive.
Volume<float> gaussian_psf(Spacing spacing, const GaussianPsfParams& params);

}  // namespace bramble
