#pragma once

#include "pipeline/records/field_result.hpp"
#include "pipeline/records/parameters.hpp"
#include "pipeline/records/stack_result.hpp"

#include <vector>

namespace bramble {

// Aligns the sessions of one field of view, gives dendrites and spines the ids they keep in all
// sessions, and says of every spine in every session whether it is present, absent or not
// assessable. Runs without a session that failed.
//
// The reference session is the one with the most signal (choose_reference). Dendrites are numbered
// by their place in it (y, then x of the middle), then by first appearance; spines along their
// dendrite likewise. A spine needs `report_probability` in one session; in the others a linked one
// kept by the stack counts as present, flagged "supported". A row that is not present says why in
// its flags (assess_missing).
//
// `stacks`: by day, then session id; at least one. Needs of each its identity, acquisition,
// quality, dendrites, spines and alignment volume. Fills every field of the result but field_id,
// parameters_hash and the sessions' stack_result_sha256. A pure function: no randomness, no time,
// the same for any number of threads. Throws InvalidArgument without a stack, or when a spine is on
// a dendrite that its stack does not have. Cost: that of the phase correlations, about 1 s and
// 100 MB a session of 42 x 1024 x 1024 voxels.
FieldResult analyse_field(const std::vector<const StackResult*>& stacks,
                          const FieldParameters& field, const SpineParameters& spines);

}  // namespace bramble
