#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/field/centreline.hpp"

#include <vector>

namespace bramble {

// The centrelines of one session's dendrites, in order of StackResult::dendrites; lines without
// nodes are empty.
using SessionLines = std::vector<Centreline>;

// The shift (position in the session = position in the reference + shift) that lays the session's
// shafts on those of the reference: iterated least squares of the distances between lines, across
// the line only (a shaft may slide along itself and is held by its bends and by others that run
// another way), with Geman-McClure weights of narrowing scale, so that shafts of one session alone
// do not pull. Starts from `shift`, and stays there where too little is near.
Position refine_shift(const SessionLines& reference, const SessionLines& session, Position shift);

// The part of the session's shaft length, shifted back, that lies within 1 um in plane and 2.5 um
// in z of a shaft of the reference.
double overlap_frac(const SessionLines& reference, const SessionLines& session, Position shift);

}  // namespace bramble
