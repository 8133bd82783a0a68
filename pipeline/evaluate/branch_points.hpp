#pragma once

#include "pipeline/evaluate/evaluation_input.hpp"

#include <vector>

namespace bramble {

// Where the dendrites of a phantom's stack branch off each other: first nodes that lie on another
// dendrite's centreline.
struct TrueBranchPoint {
  Position position;
  bool counts = true;  // in the volume, with 10 um or more of the branch
};
std::vector<TrueBranchPoint> true_branch_points(const TruthStack& stack);

// True and found branch points of all stacks, paired nearest first, one to one, within the gate.
// What is found within the gate of a true one that does not count is passed over. Nothing but the
// gate is set where the truth is no phantom's or the run has no traces. Stacks without a trace are
// left out.
BranchPointScore branch_point_score(const StudyTruth& truth,
                                    const std::vector<TracedStack>& traces);

}  // namespace bramble
