#pragma once

#include "kernels/core/volume.hpp"
#include "kernels/restore/gaussian_psf.hpp"

namespace bramble {

// What a report says about a PSF.
struct PsfShape {
  // Full widths at half maximum along the lines through the brightest voxel; NaN where half of the
  // maximum is not reached inside.
  double fwhm_z_um = 0;
  double fwhm_y_um = 0;
  double fwhm_x_um = 0;
  double fwhm_xy_um = 0;  // their mean in plane
  // psf_centre less the middle voxel.
  Position off_centre;
  // The Gaussian around the middle that is nearest in the sense of least squares ...
  GaussianPsfParams nearest_gaussian;
  // ... and the light further than 4 of its standard deviations, in plane or along z.
  double energy_outside_frac = 0;
  double separable_residual_frac = 0;  // of separable_profiles
};

// `psf` on the host, not negative. Cost: some 150 reads of it. Throws DataError for a volume that
// is 0.
PsfShape psf_shape(VolumeView<const float> psf);

}  // namespace bramble
