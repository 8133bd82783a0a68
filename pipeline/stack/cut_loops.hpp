#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/stack/skeleton_graph.hpp"

namespace bramble {

struct CutLoopsParams {
  double max_loop_um = 15.0;  // a longer loop is anatomy: dendrites that touch or cross twice
  double axial_weight = 0.3;  // of ways in z, which the PSF draws out
};

// Opens the small loops of a skeleton, which noise, spines that touch, and the two walls of a thick
// shaft make: of each its dimmest branch goes, by the mean of `smoothed` (the stack, on the host)
// over its voxels. Nothing is disconnected. Loops of a branch with itself are prune_spurs' to
// judge. Cost: for each branch a search no further than max_loop_um.
SkeletonGraph cut_loops(SkeletonGraph graph, VolumeView<const float> smoothed,
                        const CutLoopsParams& params);

}  // namespace bramble
