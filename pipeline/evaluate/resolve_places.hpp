#pragma once

#include "pipeline/records/study_tables.hpp"
#include "pipeline/records/truth.hpp"

namespace bramble {

// Fills in what the truth does not say and the run knows: subject, session and field where it has
// only one of them, group, region and day. Throws InvalidArgument naming the choice when the run
// has several (or none), and when a stack of the truth would be there twice. Sorts the stacks by
// subject, session id, fov.
void resolve_places(StudyTruth& truth, const StudyTables& run);

}  // namespace bramble
