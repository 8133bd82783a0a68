#pragma once

#include "pipeline/evaluate/evaluation_input.hpp"

#include <optional>
#include <vector>

// Tables of the truth beside those of the run.
namespace bramble {

// Spines per um of each group, region and session: the mean of its animals,
// over those that both tables have.
std::vector<DensityComparison> compare_densities(const StudyTables& truth, const StudyTables& run);

// Formation, elimination and turnover of each group between two sessions, all dendrites pooled;
// then the run's values corrected for missed spines against the same truth.
std::vector<RateComparison> compare_rates(const StudyTables& truth, const StudyTables& run);

// Every contrast of the run that the truth has too. `planted` is filled in for fold_change.
std::vector<ContrastComparison> compare_contrasts(const StudyTables& truth, const StudyTables& run,
                                                  const std::optional<PlantedEffect>& planted);

// The spines that the treatment has added and that live on a day, as a part of those in the first
// session: for each pool, births released with density exp(-t / release) / release after the
// treatment, lost with exp(-t / lifetime); 0 before it.
double planted_gain(const PlantedEffect& effect, double day);

}  // namespace bramble
