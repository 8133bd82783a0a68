#pragma once

#include "kernels/core/volume.hpp"

#include <vector>

namespace bramble {

// A width over several beads.
struct BeadWidth {
  double median_um = 0;
  double spread_um = 0;  // standard deviation, from the median deviation
};

struct BeadAverage {
  Volume<float> psf;  // odd extent, centred, background 0, the middle of the mean is 1
  int num_beads = 0;
  int num_outliers = 0;  // left out: clumps, dirt, beads that moved
  BeadWidth fwhm_xy;
  BeadWidth fwhm_z;
};

// The mean image of beads: each less its background, moved by a part of a voxel so that its
// centroid lies in the middle, and divided by the light of its core. Beads whose width in plane or
// along z lies further from the median than three times the spread plus 5 % are left out; the rest
// is averaged without the highest and the lowest tenth at each voxel. Windows have one odd extent
// and one spacing, on the host. Throws DataError when there is no bead.
BeadAverage average_beads(const std::vector<Volume<float>>& windows);

}  // namespace bramble
