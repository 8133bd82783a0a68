#pragma once

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

// Takes end branches away, shortest first, until none is shorter than the limit; after each the two
// branches that remain at its node become one and are measured anew. An unattached branch (both
// ends free) is never taken.
PrunedGraph prune_spurs(SkeletonGraph graph, Spacing spacing, const PruneParams& params);

}  // namespace bramble
