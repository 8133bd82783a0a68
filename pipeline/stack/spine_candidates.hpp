#pragma once

#include "kernels/spine/local_maxima.hpp"
#include "kernels/spine/spine_evidence.hpp"
#include "pipeline/stack/shaft_index.hpp"
#include "pipeline/stack/straight_stack.hpp"

#include <vector>

namespace bramble {

// A place beside a shaft that may be the head of a spine.
struct SpineCandidate {
  Position head;
  ShaftPoint shaft;
  EvidencePlace place;  // the same in the straightened stack
};

// Candidates from three cues at low thresholds: maxima of what the shaft does not explain, of the
// blob response, and of what the shaft does not explain of the restored stack; one of those that
// lie within 0.2 um in plane and 1.1 um in depth. A head that no maximum shows beside its shaft's
// blur has a maximum in the first or the third. Ordered by dendrite, then path, then distance.
std::vector<SpineCandidate> gather_candidates(const Exec& exec, StraightStack& stack,
                                              const ShaftIndex& shafts, double max_lateral_um,
                                              LocalMaximaScratch& scratch);

}  // namespace bramble
