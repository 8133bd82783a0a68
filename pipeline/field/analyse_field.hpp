#pragma once

#include "pipeline/records/field_result.hpp"
#include "pipeline/records/parameters.hpp"
#include "pipeline/records/stack_result.hpp"

#include <vector>

namespace bramble {

// Aligns the sessions of one field of view, gives dendrites and spines the ids they keep in all
// sessions, and says of every spine in every session whether it is present, absent or not
// assessable. Runs without a session that failed. `stacks`: by day, then session id; at least one.
// Needs of each its identity, dendrites, spines and alignment volume. A pure function: no
// randomness, no time, the same for any number of threads.
FieldResult analyse_field(const std::vector<const StackResult*>& stacks,
                          const FieldParameters& field, const SpineParameters& spines);

}  // namespace bramble
