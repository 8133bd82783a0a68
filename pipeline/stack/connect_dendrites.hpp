#pragma once

#include "pipeline/records/dendrite.hpp"
#include "pipeline/stack/join_branches.hpp"

#include <vector>

namespace bramble {

// A dendrite and the shaft of the skeleton that it was fitted to.
struct TracedDendrite {
  Dendrite dendrite;
  const ShaftPath* shaft = nullptr;
};

// Gives dendrites what makes of them a forest: ids, directions, parents and branch orders; flags
// what closes a loop.
//
// Ids are in order of position (Dendrite::id). An end of a shaft that lies on another shaft, at a
// node of the skeleton that both share, is attached there; where one shaft ends and others run
// through, it is attached to one that runs through, of several to the first. Each dendrite has one
// such end as its beginning at most: its first node and its parent. An attachment that would close
// a circle of parents, or that the last node makes, is kept as end_dendrite and end_node: what has
// no parent for that reason has that end as its last node. A dendrite whose last node is attached
// to the tree that it is part of, or whose two ends are one place, is flagged `loop`.
std::vector<Dendrite> connect_dendrites(std::vector<TracedDendrite> traced);

}  // namespace bramble
