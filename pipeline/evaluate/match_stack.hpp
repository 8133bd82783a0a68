#pragma once

#include "pipeline/records/evaluation.hpp"
#include "pipeline/records/study_tables.hpp"
#include "pipeline/records/truth.hpp"

#include <vector>

namespace bramble {

// The one-to-one pairing of found and true heads that makes as many pairs inside the gates as
// possible and, of those pairings, the one of least total cost
//   sqrt((lateral / gate)^2 + (axial / gate)^2).
// Gives the index of the true head for each found one, -1 for none. O(n^3) at worst, in practice
// about the number of pairs of neighbours times n. Throws InvalidArgument for a gate <= 0.
std::vector<int> match_heads(const std::vector<Position>& found, const std::vector<Position>& truth,
                             const MatchGates& gates);

// The spines of one stack, matched. Points into the truth and the rows it was made of.
struct StackMatch {
  const TruthStack* truth = nullptr;
  std::vector<const SpineRow*> found;     // the present spines that are scored
  std::vector<Outcome> outcome_of_found;  // hit, false_alarm or ignored
  std::vector<int> truth_of_found;        // index of the true spine, -1 for a false alarm
  std::vector<int> found_of_truth;        // of true spines that count, -1 for a miss
  std::vector<bool> merged;               // missed, beside a hit: one detection for both
  std::vector<int> dendrite_of_found;     // of the nearest annotated line, -1 without lines
};

// Matches the true spines that count first; what is left over may match one that does not count,
// and is then ignored. With `only_near_lines`, found spines further than 4 um from every node of
// the stack's lines are not scored, because nobody looked there. Merged: a missed spine within 0.45
// um in plane of a hit whose detection lies inside its gates too.
StackMatch match_stack(const TruthStack& truth, const std::vector<const SpineRow*>& present,
                       const MatchGates& gates, bool only_near_lines);

// Every stack of the truth with the present spines that `rows` hold for it.
std::vector<StackMatch> match_stacks(const StudyTruth& truth, const std::vector<SpineRow>& rows,
                                     const MatchGates& gates);

}  // namespace bramble
