#pragma once

#include "pipeline/evaluate/match_stack.hpp"

namespace bramble {

// Recall of the true spines that count, in bins of
//   head_diameter_um, contrast (peak over local shaft peak), neighbour_um (crowding; none: the last
//   bin), d_prime, and head_photons = contrast x peak_photons.
// A property that no spine of the truth has gives no rows; spines without it are left out of its
// bins.
std::vector<RecallStratum> recall_strata(const std::vector<StackMatch>& matches,
                                         double peak_photons);

}  // namespace bramble
