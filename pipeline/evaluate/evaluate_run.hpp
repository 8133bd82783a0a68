#pragma once

#include "pipeline/evaluate/evaluation_input.hpp"

#include <vector>

namespace bramble {

struct EvaluatedRun {
  Evaluation evaluation;
  std::vector<StackOutcomes> outcomes;
};

// Every score of a run. Stacks of the run that the truth does not hold are passed over; stacks of
// the truth that the run lacks are all misses. `input.truth` has complete places (resolve_places).
// About 10 s for 240 000 true spines in 448 stacks.
EvaluatedRun evaluate_run(const EvaluationInput& input);

}  // namespace bramble
