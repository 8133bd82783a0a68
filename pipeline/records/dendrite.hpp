#pragma once

#include "kernels/core/geometry.hpp"

#include <string>
#include <vector>

namespace bramble {

// One unbranched stretch of shaft of one stack: the longest smooth path through a tree, then what
// branches off it.
struct Dendrite {
  int id = 0;  // within its stack: 0, 1, 2, ... by decreasing length
  std::vector<Position>
      nodes;  // the smoothed centreline, in order along the shaft, about 0.1 to 0.5 um apart
  std::vector<float> radius_um;  // per node
  std::vector<float>
      brightness_counts;  // per node: background-subtracted shaft maximum, smoothed along the shaft
  int parent_dendrite = -1;     // the dendrite that its first node branches off, -1 for none ...
  int parent_node = -1;         // ... and the node there
  double length_um = 0;         // of `nodes`, in 3-D
  double length_usable_um = 0;  // the part inside the volume and bright enough to score
  float diameter_um = 0;        // median
  float snr = 0;                // shaft brightness over background noise
  std::string flags;            // comma-separated, for example "touches_border"
};

}  // namespace bramble
