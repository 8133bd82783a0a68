#pragma once

#include "pipeline/records/field_result.hpp"
#include "pipeline/records/study_tables.hpp"

#include <vector>

namespace bramble {

// One row per dendrite and session in which it was traced, by dendrite, then session. Stretches
// that were traced in pieces are one row: lengths add up, diameter and snr are weighted by length,
// flags are joined ("pieces" says so).
//   density = spines present / usable length;  n/a without usable length.
// A spine counts when its base lies on the traced shaft: 0 <= path_um <= length of the dendrite it
// was found on. `field` in the study's order.
std::vector<DendriteRow> dendrite_rows(const FieldResult& field);

}  // namespace bramble
