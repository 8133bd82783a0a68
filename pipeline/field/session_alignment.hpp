#pragma once

#include "pipeline/field/line_registration.hpp"
#include "pipeline/records/stack_result.hpp"

#include <vector>

namespace bramble {

// How one session lies against the reference session.
struct SessionAlignment {
  SessionTransform transform;
  float correlation = 0;  // of the alignment volumes at its shift, 0 to 1; 0 without volumes
};

// The centrelines of a stack's dendrites as they are in the stack.
SessionLines lines_of(const StackResult& stack);

// The session that the others are aligned to: the one with the most signal, sum over dendrites of
// snr x usable length; of equal ones the first. It does not depend on the order of the sessions, so
// neither do ids and links.
int choose_reference(const std::vector<const StackResult*>& stacks);

// One per stack. The shift starts from the phase correlation of the alignment volumes and, for a
// volume that misleads, from no shift; each is refined on the centrelines, and the one that lays
// more shaft on shaft is taken.
std::vector<SessionAlignment> align_sessions(const std::vector<const StackResult*>& stacks,
                                             int reference);

}  // namespace bramble
