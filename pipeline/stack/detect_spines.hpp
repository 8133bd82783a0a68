#pragma once

#include "pipeline/records/spine.hpp"
#include "pipeline/stack/measure_spine.hpp"
#include "pipeline/stack/spine_candidates.hpp"
#include "pipeline/stack/suppress_duplicates.hpp"

#include <vector>

namespace bramble {

struct DetectParams {
  DuplicateParams duplicates;
  MeasureParams measure;
  double max_lateral_um = 4.0;
  float keep_probability = 0.1f;
};

// The candidates of a stack with what the score sees of them: num_evidence values each, one
// candidate after the other.
struct ScoredCandidates {
  std::vector<SpineCandidate> candidates;
  std::vector<float> evidence;
  std::vector<float> probabilities;
};

// Finds and scores the candidates beside the shafts of a straightened stack.
ScoredCandidates score_stack(const Exec& exec, StraightStack& stack, const ShaftIndex& shafts,
                             double max_lateral_um, LocalMaximaScratch& scratch);

// The spines of one stack: of the scored candidates one per protrusion, measured. Ids by dendrite,
// then path position.
std::vector<Spine> select_spines(const ScoredCandidates& scored, const StraightStack& stack,
                                 const ShaftIndex& shafts, const DetectParams& params);

}  // namespace bramble
