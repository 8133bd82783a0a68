#include "pipeline/field/aligned_field.hpp"

#include <cstddef>
#include <utility>

namespace bramble {

namespace {

SessionLines moved_back(const SessionLines& lines, Position shift) {
  SessionLines moved;
  for (const Centreline& line : lines) {
    std::vector<Position> nodes = line.nodes();
    for (Position& node : nodes) {
      node = node - shift;
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
    field.lines.push_back(moved_back(lines_of(*stacks[session]), field.alignments[session].shift));
  }
  field.shafts = match_dendrites(field.lines, field.reference);
  return field;
}

}  // namespace bramble
