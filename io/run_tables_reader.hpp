#pragma once

#include "pipeline/records/study_tables.hpp"

#include <string>

namespace bramble {

// Reads RUN/tables/spines.tsv, dendrites.tsv, transitions.tsv, animals.tsv and contrasts.tsv back
// into rows (not stacks.tsv): what an evaluation needs of them, positions to the last digit as
// written, other members at their defaults. A table that is not there is empty, but spines.tsv:
// throws InvalidArgument without it, saying which command makes it. Throws DataError for a table
// that cannot be understood.
StudyTables read_run_tables(const std::string& run_folder);

}  // namespace bramble
