#pragma once

#include "pipeline/records/field_result.hpp"
#include "pipeline/records/parameters.hpp"
#include "pipeline/records/study_tables.hpp"

#include <vector>

namespace bramble {

// Reduces field results to all tables but `stacks`. `fields` may come in any order: rows and sums
// follow the sorted order (subject, region, fov, dendrite, session by day), so the tables do not
// depend on who computed what when. Definitions: density = present spines / usable length;
// formation = gained / n_from; elimination = lost / n_from; turnover ratio = (gained + lost) /
// (n_from + n_to), over the spines assessable in both sessions. The rest is in density.hpp,
// transitions.hpp, animals.hpp and contrasts.hpp. Throws InvalidArgument for an unknown baseline, a
// confidence outside (0, 1), and a field or session that is there twice.
StudyTables build_tables(std::vector<FieldResult> fields, const StudyParameters& parameters);

}  // namespace bramble
