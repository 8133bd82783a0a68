#pragma once

#include "pipeline/records/dendrite.hpp"
#include "pipeline/records/shaft_graph.hpp"

#include <vector>

namespace bramble {

// The graph of dendrites whose ids are their indices: a node where a dendrite ends, begins, or
// another one begins or ends on it, and an edge for each stretch between. Nodes are in order of the
// dendrite and the place on it that comes first there.
ShaftGraph build_shaft_graph(const std::vector<Dendrite>& dendrites);

}  // namespace bramble
