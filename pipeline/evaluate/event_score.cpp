#include "pipeline/evaluate/event_score.hpp"

#include "pipeline/evaluate/share.hpp"

#include <cstddef>
#include <map>
#include <string>

namespace bramble {
namespace {

struct EventCounts {
  int n_from = 0;
  int n_stable = 0;
  int n_false_stable = 0;
  int n_false_alarms = 0;
  int n_true = 0;
  int n_true_reported = 0;
};

// The true spines of a session, and whether they count.
std::map<std::string, bool> counts_of_truth(const StackMatch& match) {
  std::map<std::string, bool> counts;
  for (const TruthSpine& spine : match.truth->spines) {
    counts[spine.spine_id] = spine.counts;
  }
  return counts;
}

// Spines of `here` and what becomes of them `there`.
void add_events(EventCounts& sums, const StackMatch& here, const StackMatch& there,
                const SpineStates& states) {
  const std::map<std::string, bool> counts_there = counts_of_truth(there);
  const auto is_reported = [&](int found) {
    return found >= 0 && states.state(*here.found[static_cast<std::size_t>(found)],
                                      there.truth->session_id) == SpineState::absent;
  };
  for (std::size_t i = 0; i < here.truth->spines.size(); ++i) {
    const TruthSpine& spine = here.truth->spines[i];
    if (!spine.counts) {
      continue;
    }
    const bool reported = is_reported(here.found_of_truth[i]);
    const auto later = counts_there.find(spine.spine_id);
    if (later == counts_there.end()) {
      ++sums.n_true;
      sums.n_true_reported += reported ? 1 : 0;
    } else if (later->second) {
      ++sums.n_stable;
      sums.n_false_stable += reported ? 1 : 0;
    }
  }
  for (std::size_t i = 0; i < here.found.size(); ++i) {
    if (here.outcome_of_found[i] == Outcome::false_alarm) {
      sums.n_false_alarms += is_reported(static_cast<int>(i)) ? 1 : 0;
    }
  }
}

int num_assessable(const StackMatch& earlier, const StackMatch& later, const SpineStates& states) {
  int count = 0;
  for (std::size_t i = 0; i < earlier.found.size(); ++i) {
    const bool assessable =
        states.state(*earlier.found[i], later.truth->session_id) != SpineState::not_assessable;
    count += earlier.outcome_of_found[i] != Outcome::ignored && assessable ? 1 : 0;
  }
  return count;
}

EventScore score_of(const std::string& kind, const EventCounts& counts) {
  const int num_false = counts.n_false_stable + counts.n_false_alarms;
  return {.kind = kind,
          .false_of_stable = share_of(counts.n_false_stable, counts.n_stable),
          .false_of_from = share_of(num_false, counts.n_from),
          .recall = share_of(counts.n_true_reported, counts.n_true),
          .precision = share_of(counts.n_true_reported, counts.n_true_reported + num_false)};
}

}  // namespace

std::vector<EventScore> event_scores(const std::vector<SessionPair>& pairs,
                                     const SpineStates& states) {
  if (pairs.empty()) {
    return {};
  }
  EventCounts losses;
  EventCounts gains;
  for (const SessionPair& pair : pairs) {
    const int n_from = num_assessable(*pair.earlier, *pair.later, states);
    losses.n_from += n_from;
    gains.n_from += n_from;
    add_events(losses, *pair.earlier, *pair.later, states);
    add_events(gains, *pair.later, *pair.earlier, states);
  }
  return {score_of("elimination", losses), score_of("formation", gains)};
}

}  // namespace bramble
