#pragma once

#include "kernels/core/volume.hpp"

namespace bramble {

enum class PsfBackground { keep, subtract };
enum class PsfSymmetry { as_it_is, mirrored };

struct PreparePsfParams {
  Spacing spacing;  // of the image to be restored
  Extent image;     // its size; 0 along an axis: no limit
  float energy_frac = 0.99f;
  // What was measured lies on the detector's offset; what was computed does not.
  PsfBackground background = PsfBackground::subtract;
  // Mirrored: the mean of all mirror images, which an aberration-free lens has and noise has not.
  PsfSymmetry symmetry = PsfSymmetry::as_it_is;
};

struct PreparedPsf {
  Volume<float> psf;       // odd extent, centred, sum 1, never negative
  float background = 0;    // that was subtracted
  Position moved;          // the middle of the volume less its centre, in um
  double energy_frac = 0;  // of what lay above the background
};

// Makes any volume with one bright spot a PSF to restore with, on the host:
//   less the background, the median of its outermost voxels; sampled at the image's spacing around
//   the spot's centre (psf_centre); symmetric if wanted; its tails freed from the noise that the
//   outermost voxels have (average_dim_voxels); never negative; cropped to the image and to a
//   fraction of the energy; divided by its sum.
// Throws DataError that says what is wrong with the volume: no voxels, no spacing, values that are
// not finite, all equal, or not brighter inside than at the border.
PreparedPsf prepare_psf(VolumeView<const float> measured, const PreparePsfParams& params);

}  // namespace bramble
