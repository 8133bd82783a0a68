#pragma once

#include "pipeline/records/study_tables.hpp"

#include <string>

namespace bramble {

// Writes spines.tsv, dendrites.tsv, transitions.tsv, animals.tsv, contrasts.tsv and stacks.tsv,
// each with a .json dictionary of its columns (description, unit), and wide/density_per_um.csv (one
// row per dendrite, a column per day), into `folder`. Columns and their order are those of the
// blueprint, section 5. Numbers in the shortest form that reads back as written to six significant
// digits; n/a for NaN and empty texts (NA in the wide table, which R reads as missing). Committed
// by rename.
void write_tables(const std::string& folder, const StudyTables& tables);

// The density table as it is printed at the end of a run: per group, region and session the
// animals, dendrites, spines, density and its interval, fold change.
std::string density_summary(const StudyTables& tables);

}  // namespace bramble
