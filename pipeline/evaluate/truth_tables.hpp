#pragma once

#include "pipeline/records/parameters.hpp"
#include "pipeline/records/study_tables.hpp"
#include "pipeline/records/truth.hpp"

namespace bramble {

// The tables that a run without any mistake would give: the truth, reduced by the same code. A true
// spine that counts is present; one that does not count is not assessable; one without a row in a
// session of its field is absent. Lengths are those inside the volume, traced and usable alike.
StudyTables truth_tables(const StudyTruth& truth, const StudyParameters& parameters);

}  // namespace bramble
