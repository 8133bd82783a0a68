#pragma once

#include "kernels/core/volume.hpp"

#include <limits>

namespace bramble {

// The outermost voxels of a volume with a PSF in it: what is there without it.
struct PsfBorder {
  float level = 0;    // median
  float scatter = 0;  // standard deviation, from the median deviation
  float brightest = -std::numeric_limits<float>::infinity();
};

// An axis of one or two voxels has no inside, so its ends do not count; without any border the
// level is 0.
PsfBorder psf_border(VolumeView<const float> psf);

}  // namespace bramble
