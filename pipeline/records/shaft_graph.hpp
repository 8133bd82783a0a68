#pragma once

#include "kernels/core/geometry.hpp"

#include <string>
#include <vector>

namespace bramble {

// Where dendrites end or meet.
struct ShaftGraphNode {
  Position position;
  float radius_um = 0;  // of the dendrite that passes, or of the one with the lowest id
  int degree = 0;       // number of edge ends at it; a loop counts twice
};

// A stretch of a dendrite between two nodes.
struct ShaftGraphEdge {
  int from = 0;  // ShaftGraph::nodes
  int to = 0;
  int dendrite = 0;      // Dendrite::id
  int first_node = 0;    // Dendrite::nodes
  int last_node = 0;     // included
  double length_um = 0;  // along those nodes
  std::string flags;     // "closes_loop": without the edges that say so the graph is a forest
};

// The dendrites of one stack as a multigraph: loops and parallel edges are kept.
struct ShaftGraph {
  std::vector<ShaftGraphNode> nodes;
  std::vector<ShaftGraphEdge> edges;  // by dendrite, then along it
};

}  // namespace bramble
