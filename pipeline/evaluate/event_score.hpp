#pragma once

#include "pipeline/evaluate/session_pairs.hpp"

namespace bramble {

// Losses and gains between consecutive sessions, "elimination" first. The run reports a loss where
// a present spine is absent in the later session, a gain where it was absent in the earlier one.
// Truth is by id: a true spine with no row in a session is not there. A reported event is
//   true: its spine is a hit whose true spine is not there in the other session;
//   false: its true spine is there in the other session and counts, or it is a false alarm;
//   neither: its true spine is there and does not count, or it was ignored.
// false_of_stable: events at true spines that count in both sessions, over those spines.
// false_of_from: all false events, over the run's scored spines of the earlier session that it can
// assess in the later one. recall: true events at true spines that count, reported by the run.
std::vector<EventScore> event_scores(const std::vector<SessionPair>& pairs,
                                     const SpineStates& states);

}  // namespace bramble
