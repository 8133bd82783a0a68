#include "pipeline/field/aligned_field.hpp"

#include <cstddef>
#include <utility>

namespace bramble {

namespace {

SessionLines in_reference(const SessionLines& lines, const SessionTransform& transform) {
  SessionLines moved;
  for (const Centreline& line : lines) {
    std::vector<Position> nodes = line.nodes();
    for (Position& node : nodes) {
      node = transform.to_reference(node);
    }
    moved.push_back(nodes.empty() ? Centreline() : Centreline(std::move(nodes)));
  }
  return moved;
}

}  // namespace

AlignedField align_field(const std::vector<const StackResult*>& stacks) {
  AlignedField field;
  field.stacks = stacks;
  field.reference = choose_reference(stacks);
  field.alignments = align_sessions(stacks, field.reference);
  for (std::size_t session = 0; session < stacks.size(); ++session) {
    field.lines.push_back(
        in_reference(lines_of(*stacks[session]), field.alignments[session].transform));
  }
  field.shafts = match_dendrites(field.lines, field.reference);
  return field;
}

}  // namespace bramble
