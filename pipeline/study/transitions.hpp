#pragma once

#include "pipeline/records/field_result.hpp"
#include "pipeline/records/study_tables.hpp"

#include <vector>

namespace bramble {

// How often a spine that must have been there was seen: of the spines present in the sessions
// before and after a session and assessable in it, those present in it too.
struct GapRecall {
  int num_bracketed = 0;
  int num_seen = 0;

  // seen / bracketed; NaN when nothing is bracketed.
  double recall_frac() const noexcept;
};

// Over all three neighbouring sessions of the field and all its spines. A spine that went and came
// back counts as missed, so it is a lower bound of recall. `field` in the study's order.
GapRecall gap_recall(const FieldResult& field);

// One row per dendrite and pair of neighbouring sessions of the field in which it was traced, by
// dendrite, then session. Over the spines that are present or absent (assessable) in both sessions,
// with N_a and N_b present in the one and the other, S in both:  gained G = N_b - S, lost X = N_a -
// S;
//   formation f = G / N_a,  elimination e = X / N_a  (N_b / N_a = 1 + f - e),  turnover ratio = (G
//   + X) / (N_a + N_b).
// n_not_assessable: spines present in one of the two sessions and not assessable in the other.
// Corrected for missed spines by the gap recall r of the field (observed e = 1 - (1 - e) r, no
// false detections assumed):
//   e' = 1 - (1 - e) / r,  f' = e' + (N_b - N_a) / N_a,  turnover' = (f' + e') / (2 + f' - e').
// They are n/a without three sessions or without a bracketed spine, and may come out a little below
// 0: they are not cut off there, so that their mean stays unbiased. `field` in the study's order.
std::vector<TransitionRow> transition_rows(const FieldResult& field);

}  // namespace bramble
