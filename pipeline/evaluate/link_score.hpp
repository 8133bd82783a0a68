#pragma once

#include "pipeline/evaluate/session_pairs.hpp"

namespace bramble {

// Ids of the hits in consecutive sessions. A pair is a true spine that counts and was found in
// both: it has one id (same) or two (switched). An id that joins the hits of two different true
// spines is wrong.
LinkScore link_score(const std::vector<SessionPair>& pairs);

}  // namespace bramble
