#pragma once

#include "pipeline/stack/skeleton_graph.hpp"

#include <vector>

namespace bramble {

// A shaft: branches joined end to end where they go straight on.
struct ShaftPath {
  std::vector<Position> points;  // voxel centres along it
  double length_um = 0;
};

struct JoinParams {
  double direction_reach_um = 2.0;  // directions at a node are taken over this length
  double axial_weight = 0.3;        // of ways in z, which the PSF draws out
  double max_gap_um =
      4.0;  // free ends that look at each other over no more than this are one dendrite
  double min_length_um = 10.0;  // shorter shafts are dropped
};

// At every node pairs the branches that continue each other best (most opposite directions first,
// nothing that turns by more than a right angle) and joins them, so that a dendrite runs on through
// the places where others branch off. What stays unpaired ends there. Then free ends that face each
// other across a gap are joined by a straight piece, nearest first: there the dendrite dims. By
// decreasing length; equal lengths in order of their first point.
std::vector<ShaftPath> join_branches(const SkeletonGraph& graph, Spacing spacing,
                                     const JoinParams& params);

}  // namespace bramble
