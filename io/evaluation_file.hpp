#pragma once

#include "pipeline/records/evaluation.hpp"

#include <string>
#include <vector>

namespace bramble {

// The main figures as rows of a table: measure, value, interval, counts, unit. What could not be
// scored is left out.
struct EvaluationFigure {
  std::string measure;
  double value = not_available;
  double ci_low = not_available;
  double ci_high = not_available;
  int part = -1;  // counts of a share, -1 where it is none
  int whole = -1;
  std::string unit;
  bool is_detail = false;  // a bin or a stratum
};
std::vector<EvaluationFigure> main_figures(const Evaluation& evaluation);

// The table as it is printed: without the details.
std::string figures_text(const Evaluation& evaluation);

// Writes into `folder`: evaluation.json (every score with its counts; NaN is null), evaluation.tsv
// (main_figures) and outcomes.tsv (what became of every spine: hit, missed, merged, false_alarm or
// ignored). Committed by rename.
void write_evaluation(const std::string& folder, const Evaluation& evaluation,
                      const std::vector<StackOutcomes>& outcomes);

// "hit", "missed", "merged", "false_alarm", "ignored".
std::string name_of_outcome(Outcome outcome);

}  // namespace bramble
