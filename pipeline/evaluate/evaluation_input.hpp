#pragma once

#include "pipeline/records/evaluation.hpp"
#include "pipeline/records/parameters.hpp"
#include "pipeline/records/study_tables.hpp"
#include "pipeline/records/truth.hpp"

#include <optional>
#include <string>
#include <vector>

namespace bramble {

// Nobody annotated further than this from an annotated line (reference data/rr30a).
inline constexpr double annotated_reach_um = 4.0;

// The centrelines that a run traced in one stack.
struct TracedStack {
  std::string subject_id, session_id, fov;
  std::vector<std::vector<Position>> lines;
  std::vector<Position> branch_points;  // where a dendrite branches off another one
};

// What a synthetic study's treatment adds (reference science.md section 7.9): spines of two pools,
// as parts of those in the first session, released and lost exponentially.
struct PlantedEffect {
  double extra_persistent_frac = 0.10;
  double extra_transient_frac = 0.04;
  double release_time_days = 2;
  double persistent_lifetime_days = 200;
  double transient_lifetime_days = 2.9;
  double treatment_day = 0;
};

struct EvaluationInput {
  StudyTruth truth;
  StudyTables run;
  std::vector<TracedStack> traces;  // empty: the centrelines are not scored
  StudyParameters study;            // that the run was reduced with
  MatchGates gates;
  double peak_photons = not_available;  // of the study, where it is known
  std::optional<PlantedEffect> planted;
};

// The gates that scores of such a truth are compared at.
MatchGates usual_gates(TruthKind kind);

}  // namespace bramble
