#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"

namespace bramble {

struct OverlapCorrelation {
  float correlation = 0;   // Pearson's, -1 to 1; 0 where one of the two does not vary
  float overlap_frac = 0;  // part of the fixed volume's voxels that the moving volume covers
};

// How well two volumes agree when the moving one is read at position + shift: Pearson's correlation
// over the voxels of `fixed` that it covers. The square root of the positive part of each value is
// compared, so that a few bright somata do not decide. Spacings may differ; `moving` is read by
// trilinear interpolation. Both in the space of `exec`. Cost: one read of `fixed` and eight of
// `moving` a voxel. Sums run in a fixed order, in double.
OverlapCorrelation correlate_overlap(const Exec& exec, VolumeView<const float> fixed,
                                     VolumeView<const float> moving, Position shift);

}  // namespace bramble
