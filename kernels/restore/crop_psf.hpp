#pragma once

#include "kernels/core/volume.hpp"

namespace bramble {

struct CropPsfParams {
  // The image to be restored: a PSF of more than 2 size - 1 voxels along an axis has voxels that no
  // pair of image voxels is apart. 0: no limit.
  Extent image;
  // Of what the limit leaves, this fraction is kept; 1 keeps all.
  float energy_frac = 0.99f;
};

// A PSF and the fraction of the energy of the uncropped one that it holds.
struct CroppedPsf {
  Volume<float> psf;  // sum 1
  double energy_frac = 0;
};

// The box around the middle that is left when the pair of opposite faces with the least energy a
// voxel is taken away again and again, as long as the fraction stays. `psf` has an odd extent and
// no negative values.
CroppedPsf crop_psf(const Volume<float>& psf, const CropPsfParams& params);

}  // namespace bramble
