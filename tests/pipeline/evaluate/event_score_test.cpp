#include "pipeline/evaluate/event_score.hpp"

#include "tests/pipeline/evaluate/small_study.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

const Position place_a{5, 4, 2};
const Position place_b{5, 4, 8};
const Position place_c{5, 4, 14};

std::vector<EventScore> scores_of(const StudyTruth& truth, const std::vector<SpineRow>& rows) {
  const auto matches = match_stacks(truth, rows, {});
  return event_scores(session_pairs(matches), SpineStates(rows));
}

// A row in each session, as the run's table has them.
void add_rows(std::vector<SpineRow>& rows, const std::string& id, Position place,
              SpineState earlier, SpineState later) {
  rows.push_back(found_spine(-1, id, place, earlier));
  rows.push_back(found_spine(1, id, place, later));
}

TEST(EventScore, stable_spine_called_lost_or_gained_is_false) {
  const std::vector<TruthSpine> spines{true_spine("a", place_a), true_spine("b", place_b),
                                       true_spine("c", place_c)};
  const StudyTruth truth = phantom_truth({true_stack(-1, spines), true_stack(1, spines)});
  std::vector<SpineRow> rows;
  add_rows(rows, "s1", place_a, SpineState::present, SpineState::present);
  add_rows(rows, "s2", place_b, SpineState::present, SpineState::absent);
  add_rows(rows, "s3", place_c, SpineState::absent, SpineState::present);

  const std::vector<EventScore> scores = scores_of(truth, rows);

  ASSERT_EQ(scores.size(), 2u);
  EXPECT_EQ(scores[0].kind, "elimination");
  EXPECT_EQ(scores[0].false_of_stable.part, 1);
  EXPECT_EQ(scores[0].false_of_stable.whole, 3);
  EXPECT_EQ(scores[0].false_of_from.part, 1);
  EXPECT_EQ(scores[0].false_of_from.whole, 2);
  EXPECT_EQ(scores[0].precision.part, 0);
  EXPECT_EQ(scores[0].precision.whole, 1);
  EXPECT_EQ(scores[1].kind, "formation");
  EXPECT_EQ(scores[1].false_of_stable.part, 1);
  EXPECT_EQ(scores[1].false_of_from.whole, 2);
}

TEST(EventScore, spine_that_cannot_be_assessed_is_no_event) {
  const std::vector<TruthSpine> spines{true_spine("a", place_a)};
  const StudyTruth truth = phantom_truth({true_stack(-1, spines), true_stack(1, spines)});
  std::vector<SpineRow> rows;
  add_rows(rows, "s1", place_a, SpineState::present, SpineState::not_assessable);

  const std::vector<EventScore> scores = scores_of(truth, rows);

  EXPECT_EQ(scores[0].false_of_stable.part, 0);
  EXPECT_EQ(scores[0].false_of_stable.whole, 1);
  EXPECT_EQ(scores[0].false_of_from.whole, 0);
}

TEST(EventScore, births_and_deaths_are_found_or_missed) {
  const StudyTruth truth =
      phantom_truth({true_stack(-1, {true_spine("a", place_a), true_spine("b", place_b)}),
                     true_stack(1, {true_spine("c", place_c)})});
  std::vector<SpineRow> rows;
  add_rows(rows, "s1", place_a, SpineState::present, SpineState::absent);
  add_rows(rows, "s2", place_b, SpineState::present, SpineState::present);

  const std::vector<EventScore> scores = scores_of(truth, rows);

  EXPECT_EQ(scores[0].recall.part, 1);  // a; b is still called present
  EXPECT_EQ(scores[0].recall.whole, 2);
  EXPECT_EQ(scores[0].precision.part, 1);
  EXPECT_EQ(scores[0].precision.whole, 1);
  EXPECT_EQ(scores[1].recall.part, 0);  // c was not found
  EXPECT_EQ(scores[1].recall.whole, 1);
  EXPECT_EQ(scores[0].false_of_stable.whole, 0);
}

TEST(EventScore, false_alarm_that_goes_is_a_false_loss_but_no_stable_spine) {
  const StudyTruth truth = phantom_truth({true_stack(-1, {}), true_stack(1, {})});
  std::vector<SpineRow> rows;
  add_rows(rows, "s1", place_a, SpineState::present, SpineState::absent);

  const std::vector<EventScore> scores = scores_of(truth, rows);

  EXPECT_EQ(scores[0].false_of_from.part, 1);
  EXPECT_EQ(scores[0].false_of_from.whole, 1);
  EXPECT_EQ(scores[0].false_of_stable.whole, 0);
}

TEST(EventScore, spine_that_stops_counting_is_neither) {
  const StudyTruth truth = phantom_truth(
      {true_stack(-1, {true_spine("a", place_a)}), true_stack(1, {ignored_spine("a", place_a)})});
  std::vector<SpineRow> rows;
  add_rows(rows, "s1", place_a, SpineState::present, SpineState::absent);

  const std::vector<EventScore> scores = scores_of(truth, rows);

  EXPECT_EQ(scores[0].false_of_from.part, 0);
  EXPECT_EQ(scores[0].recall.whole, 0);
  EXPECT_EQ(scores[0].false_of_stable.whole, 0);
}

}  // namespace
}  // namespace bramble
