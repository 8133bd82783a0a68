#pragma once

#include "pipeline/evaluate/evaluation_input.hpp"

#include <vector>

namespace bramble {

// The true length inside the volume: what the truth says, or that of each stretch of neighbouring
// nodes that are inside. Annotated lines are pixel chains, and are smoothed before.
double true_length_um(const TruthDendrite& dendrite, TruthKind kind);
double true_length_um(const TruthStack& stack, TruthKind kind);

// The trace of a stack of the truth; nullptr: there is none.
const TracedStack* trace_of(const TruthStack& stack, const std::vector<TracedStack>& traces);

// How far traced and true centrelines lie apart, both ways, and what of either has no counterpart
// within 1 um. For a person's annotation, traced points further than 4 um from every annotated line
// do not count: nobody looked there. Stacks without a trace are left out. O(points of one x
// segments of the other) per stack.
CentrelineScore centreline_score(const StudyTruth& truth, const std::vector<TracedStack>& traces);

}  // namespace bramble
