#pragma once

#include "pipeline/field/field_shafts.hpp"
#include "pipeline/field/session_alignment.hpp"
#include "pipeline/records/stack_result.hpp"

#include <vector>

namespace bramble {

// The sessions of a field laid on each other.
struct AlignedField {
  std::vector<const StackResult*> stacks;
  int reference = 0;
  std::vector<SessionAlignment> alignments;
  std::vector<SessionLines> lines;  // of every session's dendrites, in the frame of the reference
  FieldShafts shafts;
};

// Chooses the reference, aligns the sessions to it and matches their dendrites.
AlignedField align_field(const std::vector<const StackResult*>& stacks);

}  // namespace bramble
