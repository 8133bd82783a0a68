#pragma once

// The members of dendrites and their graph (see record_members.hpp).

#include "pipeline/records/dendrite.hpp"
#include "pipeline/records/shaft_graph.hpp"

#include <type_traits>

namespace bramble {

template <class Members>
void describe(Members& members, std::type_identity<Dendrite>) {
  members.add("id", &Dendrite::id);
  members.add("nodes_um", &Dendrite::nodes);
  members.add("radius_um", &Dendrite::radius_um);
  members.add("brightness_counts", &Dendrite::brightness_counts);
  members.add("parent_dendrite", &Dendrite::parent_dendrite);
  members.add("parent_node", &Dendrite::parent_node);
  members.add("end_dendrite", &Dendrite::end_dendrite);
  members.add("end_node", &Dendrite::end_node);
  members.add("branch_order", &Dendrite::branch_order);
  members.add("length_um", &Dendrite::length_um);
  members.add("length_2d_um", &Dendrite::length_2d_um);
  members.add("tortuosity", &Dendrite::tortuosity);
  members.add("length_usable_um", &Dendrite::length_usable_um);
  members.add("diameter_um", &Dendrite::diameter_um);
  members.add("mean_diameter_um", &Dendrite::mean_diameter_um);
  members.add("snr", &Dendrite::snr);
  members.add("flags", &Dendrite::flags);
}

template <class Members>
void describe(Members& members, std::type_identity<ShaftGraphNode>) {
  members.add("position_um", &ShaftGraphNode::position);
  members.add("radius_um", &ShaftGraphNode::radius_um);
  members.add("degree", &ShaftGraphNode::degree);
}

template <class Members>
void describe(Members& members, std::type_identity<ShaftGraphEdge>) {
  members.add("from", &ShaftGraphEdge::from);
  members.add("to", &ShaftGraphEdge::to);
  members.add("dendrite", &ShaftGraphEdge::dendrite);
  members.add("first_node", &ShaftGraphEdge::first_node);
  members.add("last_node", &ShaftGraphEdge::last_node);
  members.add("length_um", &ShaftGraphEdge::length_um);
  members.add("flags", &ShaftGraphEdge::flags);
}

template <class Members>
void describe(Members& members, std::type_identity<ShaftGraph>) {
  members.add("nodes", &ShaftGraph::nodes);
  members.add("edges", &ShaftGraph::edges);
}

}  // namespace bramble
