#pragma once

#include "kernels/core/bit_volume.hpp"
#include "kernels/core/geometry.hpp"

#include <vector>

namespace bramble {

// A place where branches meet or end: an end voxel, or a cluster of touching junction voxels.
struct SkeletonNode {
  Voxel voxel;     // the member farthest from the object's surface; the first one of equals
  int degree = 0;  // number of branch ends at it; a loop counts twice
};

// A run of skeleton voxels between two nodes.
struct SkeletonBranch {
  int node_from = 0;
  int node_to = 0;
  std::vector<Voxel> voxels;  // from node to node, both nodes' voxels included
};

// A skeleton as a multigraph: loops and parallel branches are kept. Nodes are in order of their
// first voxel's linear index, branches in order of tracing, so equal skeletons give equal graphs.
struct SkeletonGraph {
  std::vector<SkeletonNode> nodes;
  std::vector<SkeletonBranch> branches;
};

// Classifies by the number of 26-neighbours (0 and 1: end; 2: slab; 3 and more: junction), as
// AnalyzeSkeleton does; touching junction voxels make one node; a ring without any node gets one at
// its first voxel. A lone voxel is a node of degree 0. `skeleton` and `squared_distance_nm2` on the
// host, of one extent. Cost: a scan of the words, then linear in the voxels.
SkeletonGraph build_skeleton_graph(const BitVolume& skeleton,
                                   VolumeView<const std::uint32_t> squared_distance_nm2);

}  // namespace bramble
