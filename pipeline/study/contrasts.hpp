#pragma once

#include "pipeline/records/parameters.hpp"
#include "pipeline/records/study_tables.hpp"
#include "pipeline/study/animals.hpp"

#include <vector>

namespace bramble {

// What each group does beyond the control group: one row per region, session after the baseline,
// measure and group, in that order. The animal is the unit; estimate = mean over the group's
// animals - mean over the control animals, of
//   fold_change (so a difference in differences on the relative scale), density_per_um,
//   formation_frac, elimination_frac,
// with Welch's interval, Hedges' g and the permutation test. Animals without the value (n/a) are
// left out. Flags: "few_animals" below five in an arm; "no_interval" below two, then only the
// estimate is given; "missing_arm" when an arm has none; "animal_in_several_groups";
// "permutation_sampled" when not all splits were looked at. No rows without a control group, or
// when no animal is in it. `sessions` as animal_sessions gives them.
std::vector<ContrastRow> contrast_rows(const std::vector<AnimalSession>& sessions,
                                       const StudyParameters& parameters);

}  // namespace bramble
