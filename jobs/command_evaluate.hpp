#pragma once

#include "jobs/exit_code.hpp"

#include <optional>
#include <string>

namespace bramble {

struct EvaluateOptions {
  std::string run;                   // the run folder
  std::string truth;                 // what read_study_truth takes
  std::string out;                   // empty: evaluation/ in the run folder
  std::optional<double> gate_xy_um;  // empty: what suits the kind of truth
  std::optional<double> gate_z_um;
};

// `bramble evaluate`: scores a run against the truth, prints the main figures and writes
// evaluation.json, evaluation.tsv, outcomes.tsv and, where the run folder holds stack results, two
// pictures per stack in pictures/. Throws InvalidArgument when there is no run or no truth.
ExitCode evaluate_command(const EvaluateOptions& options);

}  // namespace bramble
