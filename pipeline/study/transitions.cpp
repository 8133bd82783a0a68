#include "pipeline/study/transitions.hpp"

#include "pipeline/study/field_order.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace bramble {

namespace {

// The states of one spine by session. A session without a row says nothing of it.
struct SpineHistory {
  std::string dendrite_id;
  std::vector<SpineState> states;
};

std::vector<SpineHistory> spine_histories(const FieldResult& field) {
  std::map<std::string, SpineHistory> by_id;
  for (const FieldSpine& spine : field.spines) {
    SpineHistory& history = by_id[spine.spine_id];
    history.dendrite_id = spine.dendrite_id;
    history.states.resize(field.sessions.size(), SpineState::not_assessable);
    history.states[static_cast<std::size_t>(spine.session)] = spine.state;
  }
  std::vector<SpineHistory> histories;
  for (auto& [id, history] : by_id) {
    histories.push_back(std::move(history));
  }
  return histories;
}

void count_pair(TransitionRow& row, SpineState from, SpineState to) {
  const bool present_from = from == SpineState::present;
  const bool present_to = to == SpineState::present;
  if (from == SpineState::not_assessable || to == SpineState::not_assessable) {
    row.n_not_assessable += present_from || present_to ? 1 : 0;
    return;
  }
  row.n_from += present_from ? 1 : 0;
  row.n_to += present_to ? 1 : 0;
  row.n_stable += present_from && present_to ? 1 : 0;
  row.n_gained += !present_from && present_to ? 1 : 0;
  row.n_lost += present_from && !present_to ? 1 : 0;
}

double ratio(double numerator, double denominator) {
  return denominator > 0 ? numerator / denominator : not_available;
}

void compute_rates(TransitionRow& row, double recall_frac) {
  row.formation_frac = ratio(row.n_gained, row.n_from);
  row.elimination_frac = ratio(row.n_lost, row.n_from);
  row.turnover_ratio = ratio(row.n_gained + row.n_lost, row.n_from + row.n_to);

  const double elimination = 1 - ratio(1 - row.elimination_frac, recall_frac);
  const double formation = elimination + ratio(row.n_to - row.n_from, row.n_from);
  row.elimination_frac_corrected = elimination;
  row.formation_frac_corrected = formation;
  row.turnover_ratio_corrected = ratio(formation + elimination, 2 + formation - elimination);
}

TransitionRow empty_row(const FieldResult& field, const std::string& dendrite_id, int session_to) {
  const StackIdentity& from = field.sessions[static_cast<std::size_t>(session_to) - 1].identity;
  const StackIdentity& to = field.sessions[static_cast<std::size_t>(session_to)].identity;
  return {.subject_id = field.subject_id,
          .group = group_of(field, session_to),
          .region = field.region,
          .fov = field.fov,
          .dendrite_id = dendrite_id,
          .session_from = from.session_id,
          .session_to = to.session_id,
          .day_from = from.day,
          .day_to = to.day};
}

}  // namespace

double GapRecall::recall_frac() const noexcept { return ratio(num_seen, num_bracketed); }

GapRecall gap_recall(const FieldResult& field) {
  GapRecall recall;
  for (const SpineHistory& history : spine_histories(field)) {
    for (std::size_t middle = 1; middle + 1 < history.states.size(); ++middle) {
      const SpineState state = history.states[middle];
      if (history.states[middle - 1] != SpineState::present ||
          history.states[middle + 1] != SpineState::present ||
          state == SpineState::not_assessable) {
        continue;
      }
      ++recall.num_bracketed;
      recall.num_seen += state == SpineState::present ? 1 : 0;
    }
  }
  return recall;
}

std::vector<TransitionRow> transition_rows(const FieldResult& field) {
  std::map<std::string, std::set<int>> sessions_of;
  for (const FieldDendrite& dendrite : field.dendrites) {
    sessions_of[dendrite.dendrite_id].insert(dendrite.session);
  }
  const std::vector<SpineHistory> histories = spine_histories(field);
  const double recall_frac = gap_recall(field).recall_frac();
  std::vector<TransitionRow> rows;
  for (const auto& [dendrite_id, sessions] : sessions_of) {
    for (const int session_to : sessions) {
      if (!sessions.contains(session_to - 1)) {
        continue;
      }
      TransitionRow row = empty_row(field, dendrite_id, session_to);
      for (const SpineHistory& history : histories) {
        if (history.dendrite_id == dendrite_id) {
          count_pair(row, history.states[static_cast<std::size_t>(session_to) - 1],
                     history.states[static_cast<std::size_t>(session_to)]);
        }
      }
      compute_rates(row, recall_frac);
      rows.push_back(row);
    }
  }
  return rows;
}

}  // namespace bramble
