#pragma once

#include "kernels/core/counts.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"

namespace bramble {

// How many voxels make one averaged voxel along each axis of the plane.
struct AverageFactors {
  int y = 1;
  int x = 1;
};

// The factors that bring an in-plane spacing nearest to `target_um`; at least 1.
AverageFactors average_factors(Spacing spacing, float target_um);

// What the averaged volume measures: a block that the border cuts counts as one voxel, so the
// extent is rounded up. Its voxel 0 is centred in the first block, (factor - 1) / 2 voxels from the
// centre of the first voxel of `volume`.
Extent averaged_extent(Extent extent, AverageFactors factors);

// Mean of each block less `level`. `averaged` has the averaged extent.
void average_in_plane(const Exec& exec, CountsView volume, AverageFactors factors, float level,
                      VolumeView<float> averaged);

}  // namespace bramble
