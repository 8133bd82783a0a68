#pragma once

#include "kernels/core/geometry.hpp"

#include <string>
#include <vector>

namespace bramble {

// One unbranched stretch of shaft of one stack: a path that goes straight on through the places
// where others branch off.
struct Dendrite {
  // Within its stack: 0, 1, 2, ... by the y, then x, then z of the middle of its path, so that it
  // does not hang on lengths. What branches off may have a lower one than its parent.
  int id = 0;
  // The smoothed centreline, in order along the shaft, about 0.1 to 0.5 um apart. A branch begins
  // at its parent; any other dendrite at the end with the smaller y, then x, then z.
  std::vector<Position> nodes;
  std::vector<float> radius_um;  // per node, without the blur
  std::vector<float>
      brightness_counts;  // per node: background-subtracted shaft maximum, smoothed along the shaft
  int parent_dendrite = -1;     // the dendrite that its first node branches off, -1 for none ...
  int parent_node = -1;         // ... and the node there
  int end_dendrite = -1;        // the dendrite that its last node ends on, -1 for none ...
  int end_node = -1;            // ... and the node there
  int branch_order = 1;         // 1: branches off none; else one more than its parent's
  double length_um = 0;         // of `nodes`, in 3-D
  double length_2d_um = 0;      // of `nodes` seen along z
  double tortuosity = 1;        // length_um over the distance between the ends in 3-D
  double length_usable_um = 0;  // the part inside the volume and bright enough to score
  float diameter_um = 0;        // median of the nodes
  float mean_diameter_um = 0;   // mean of the nodes
  float snr = 0;                // shaft brightness over background noise
  // Comma-separated: leaves_volume (an end lies at the border of the stack), beaded (varicose),
  // crossing (another one passes near and shares no node, so what lies there may be of either),
  // loop (its path closes on itself or through others).
  std::string flags;
};

}  // namespace bramble
