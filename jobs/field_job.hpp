#pragma once

#include "jobs/stack_job.hpp"
#include "pipeline/records/manifest.hpp"

namespace bramble {

// Puts the sessions of one field together from the stack results that are there, unless its own
// result already stands for exactly these. A field without any stack result has none either: its
// stacks tell why. Throws what readers, analysis and writers throw.
void run_field_job(const JobSetup& setup, const ManifestField& field, JobTrace& trace);

}  // namespace bramble
