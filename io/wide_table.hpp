#pragma once

#include "pipeline/records/study_tables.hpp"

#include <string>
#include <vector>

namespace bramble {

// One row per dendrite and a column per day ("day_-3"), comma-separated, a dendrite's second
// session on the same day in "day_3.2", sessions without a day in columns of their labels. A
// missing value is NA, which R, pandas and spreadsheets take as such; n/a would turn the column
// into text in R.
std::string format_wide_table(const std::vector<DendriteRow>& rows, double DendriteRow::*measure);

}  // namespace bramble
