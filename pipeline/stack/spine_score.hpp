#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/memory.hpp"

#include <vector>

namespace bramble {

// Probability that a candidate is a spine, from its evidence (spine_evidence.hpp): boosted decision
// trees, shallow enough that no more than a few measurements act together in each. Fitted by
// bench/train_spine_score.py, which also says on what and how well; the trees are
// spine_score_trees.inc. `evidence`: num_evidence values for each of `num_candidates` candidates,
// in the space of `exec`.
std::vector<float> score_candidates(const Exec& exec, const Array<float>& evidence,
                                    std::int64_t num_candidates);

}  // namespace bramble
