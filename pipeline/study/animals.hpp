#pragma once

#include "pipeline/records/field_result.hpp"
#include "pipeline/records/parameters.hpp"
#include "pipeline/records/study_tables.hpp"

#include <vector>

namespace bramble {

// A row of the animals' table, and whether its session is one that changes are measured from.
struct AnimalSession {
  AnimalRow row;
  bool baseline = false;
};

// One per animal, region and session, by animal, group, region, then session by day.
//   length_um: usable length of all dendrites;  density = all spines / all usable length;
//   density_sd, density_ci: standard deviation of the densities of single dendrites and Student's
//   interval of their mean; fold_change = density / baseline density, with baseline density = all
//   spines / all usable length of the baseline sessions; formation, elimination: all gained (lost)
//   / all n_from, over the transitions that end in this session.
// Baseline sessions, for parameters.baseline = "mean_pre": those with day < 0; none: the first
// session, flagged "baseline_first_session". For "first": the first session. Throws InvalidArgument
// for another word. An animal that is in two groups has rows in both, each course with its own
// baseline, flagged "in_several_groups". `fields` in the study's order; `dendrites` and
// `transitions` are theirs.
std::vector<AnimalSession> animal_sessions(const std::vector<FieldResult>& fields,
                                           const std::vector<DendriteRow>& dendrites,
                                           const std::vector<TransitionRow>& transitions,
                                           const StudyParameters& parameters);

}  // namespace bramble
