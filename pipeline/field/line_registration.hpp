#pragma once

#include "pipeline/field/centreline.hpp"
#include "pipeline/field/session_transform.hpp"

#include <vector>

namespace bramble {

// The centrelines of one session's dendrites, in order of StackResult::dendrites; lines without
// nodes are empty.
using SessionLines = std::vector<Centreline>;

// The transform that lays the session's shafts on those of the reference: iterated least squares of
// the distances between lines, across the line only (a shaft may slide along itself; its bends, and
// others that run another way, hold it). First the shift alone, then with a gradient that is held
// near 0 (0.03, 1.7 degrees) where the lines do not say what it is. Geman-McClure weights of
// narrowing scale, so that shafts of one session alone do not pull. Starts from `shift`, and stays
// there where too little is near.
SessionTransform register_lines(const SessionLines& reference, const SessionLines& session,
                                Position shift);

// The part of the session's shaft length that lies within 1 um in plane and 2.5 um in z of a shaft
// of the reference.
double overlap_frac(const SessionLines& reference, const SessionLines& session,
                    const SessionTransform& transform);

}  // namespace bramble
