#pragma once

#include "kernels/core/volume.hpp"

namespace bramble {

// Where the point of a PSF or the image of a bead lies, in um from the centre of voxel 0: the
// centroid of what rises above a fifth of the brightest voxel. Background and noise further out
// would draw the centroid of everything to the middle of the volume. `values` is above background;
// throws DataError when nothing is positive.
Position psf_centre(VolumeView<const float> values);

}  // namespace bramble
