#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/stack/skeleton_graph.hpp"

#include <vector>

namespace bramble {

// An end branch that left the graph because it is too short to be a dendrite: what a spine with a
// visible neck looks like.
struct Spur {
  Position base;  // at the node it left
  Position tip;
  double length_um = 0;
};

struct PruneParams {
  double max_spur_length_um = 4.0;
  // The PSF draws everything out in z: a branch counts with this part of its way in z, or the tip
  // of a blurred shaft would look like a branch of its own.
  double axial_weight = 0.3;
  double max_noise_loop_um = 3.0;  // shorter loops from a node back to itself are noise
};

struct PrunedGraph {
  SkeletonGraph graph;  // nodes of degree 2 are gone: their two branches are one
  std::vector<Spur> spurs;
};

// Length of a chain of neighbouring voxel centres in um, through points half a um apart: a chain of
// unit steps reads a tenth too long. Ways in z count with `axial_weight`.
double voxel_path_length_um(std::vector<Position> voxel_centres, double axial_weight);

// That of the chain of a branch's voxels.
double branch_length_um(const SkeletonBranch& branch, Spacing spacing, double axial_weight);

// Mean of `smoothed` over a branch's voxels, its nodes included.
double mean_brightness(const SkeletonBranch& branch, VolumeView<const float> smoothed);

// Takes end branches away, shortest first, until none is shorter than the limit; after each the two
// branches that remain at its node become one and are measured anew. A branch that is dimmer than
// the brightest other one at its node counts as shorter, by the square root of the ratio: so the
// last piece of a shaft stays and what leaves it there goes. An unattached branch (both ends free)
// is never taken. `smoothed`: the stack, on the host.
PrunedGraph prune_spurs(SkeletonGraph graph, VolumeView<const float> smoothed,
                        const PruneParams& params);

}  // namespace bramble
