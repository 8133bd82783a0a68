#pragma once

#include "kernels/core/volume.hpp"

#include <vector>

namespace bramble {

// The product of one profile per axis that is nearest to a volume, in the sense of least squares.
struct SeparableProfiles {
  std::vector<double> z;  // of unit length ...
  std::vector<double> y;
  std::vector<double> x;
  double scale = 0;          // ... and the factor before their product
  double residual_frac = 0;  // root of the squares that are left over those that were there
};

// By alternating least squares, which fit each profile in turn to the others, from the sums over
// the other axes; 20 rounds, three reads of the volume each. `psf` on the host. Throws DataError
// for a volume that is 0.
SeparableProfiles separable_profiles(VolumeView<const float> psf);

}  // namespace bramble
