#include "pipeline/evaluate/detection_score.hpp"

#include "tests/pipeline/evaluate/small_study.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

constexpr MatchGates gates;

TEST(DetectionScore, counts_of_all_stacks_are_added) {
  const StudyTruth truth =
      phantom_truth({true_stack(1, {true_spine("a", {5, 4, 2}), true_spine("b", {5, 4, 9})}),
                     true_stack(3, {true_spine("a", {5, 4, 2}), ignored_spine("c", {5, 4, 12})})});
  const std::vector<SpineRow> rows{found_spine(1, "s1", {5, 4, 2}), found_spine(3, "s1", {5, 4, 2}),
                                   found_spine(3, "s2", {5, 4, 12}),
                                   found_spine(3, "s3", {5, 4, 18})};

  const DetectionScore score = detection_score(match_stacks(truth, rows, gates), gates);

  EXPECT_EQ(score.n_truth, 3);
  EXPECT_EQ(score.n_hits, 2);
  EXPECT_EQ(score.n_missed, 1);
  EXPECT_EQ(score.n_false_alarms, 1);
  EXPECT_EQ(score.n_ignored, 1);
  EXPECT_DOUBLE_EQ(score.precision.frac, 2.0 / 3);
  EXPECT_DOUBLE_EQ(score.recall.frac, 2.0 / 3);
  EXPECT_DOUBLE_EQ(score.f1, 2.0 / 3);
  EXPECT_DOUBLE_EQ(score.density_bias, 0);
}

TEST(DetectionScore, run_without_spines_has_zero_everywhere) {
  const StudyTruth truth = phantom_truth({true_stack(1, {true_spine("a", {5, 4, 2})})});

  const DetectionScore score = detection_score(match_stacks(truth, {}, gates), gates);

  EXPECT_EQ(score.precision.frac, 0);
  EXPECT_EQ(score.recall.frac, 0);
  EXPECT_EQ(score.f1, 0);
  EXPECT_EQ(score.density_bias, -1);
}

TEST(SpineOutcomes, list_found_spines_then_misses) {
  const StudyTruth truth =
      phantom_truth({true_stack(1, {true_spine("a", {5, 4, 2}), true_spine("b", {5, 4, 9}),
                                    ignored_spine("c", {5, 4, 12})})});
  const std::vector<SpineRow> rows{found_spine(1, "s1", {5, 4, 9.1}),
                                   found_spine(1, "s2", {5, 4, 18})};

  const std::vector<StackOutcomes> outcomes = spine_outcomes(match_stacks(truth, rows, gates));

  ASSERT_EQ(outcomes.size(), 1u);
  ASSERT_EQ(outcomes[0].spines.size(), 3u);
  EXPECT_EQ(outcomes[0].spines[0].outcome, Outcome::hit);
  EXPECT_EQ(outcomes[0].spines[0].truth_id, "b");
  EXPECT_EQ(outcomes[0].spines[0].head, (Position{5, 4, 9.1}));
  EXPECT_EQ(outcomes[0].spines[1].outcome, Outcome::false_alarm);
  EXPECT_EQ(outcomes[0].spines[1].truth_id, "");
  EXPECT_EQ(outcomes[0].spines[2].outcome, Outcome::missed);
  EXPECT_EQ(outcomes[0].spines[2].head, (Position{5, 4, 2}));
}

TEST(SegmentCounts, found_spines_belong_to_the_nearest_line) {
  StudyTruth truth{
      .kind = TruthKind::annotation,
      .stacks = {true_stack(1, {true_spine("a", {5, 4, 2}), ignored_spine("b", {5, 4, 12})})}};
  TruthDendrite second = truth.stacks[0].dendrites[0];
  second.dendrite_id = "d02";
  for (Position& node : second.nodes) {
    node.y_um = 10;
  }
  truth.stacks[0].dendrites.push_back(second);
  truth.stacks[0].spines.push_back(true_spine("c", {5, 11, 2}));
  truth.stacks[0].spines.back().dendrite_id = "d02";
  const std::vector<SpineRow> rows{
      found_spine(1, "s1", {5, 4, 3}), found_spine(1, "s2", {5, 4, 18}),
      found_spine(1, "s3", {5, 4, 12}), found_spine(1, "s4", {5, 8, 9})};

  const std::vector<SegmentCount> segments = segment_counts(match_stacks(truth, rows, gates));

  ASSERT_EQ(segments.size(), 2u);
  EXPECT_EQ(segments[0].dendrite_id, "d01");
  EXPECT_EQ(segments[0].n_truth, 1);
  EXPECT_EQ(segments[0].n_found, 2);  // s3 is on a spine that does not count
  EXPECT_EQ(segments[1].n_truth, 1);
  EXPECT_EQ(segments[1].n_found, 1);
}

TEST(MedianCountError, is_over_segments_with_ten_spines) {
  EXPECT_DOUBLE_EQ(median_count_error({{"m", "s", "1", 10, 12},
                                       {"m", "s", "2", 20, 20},
                                       {"m", "s", "3", 10, 7},
                                       {"m", "s", "4", 9, 90}}),
                   0.2);
  EXPECT_TRUE(std::isnan(median_count_error({})));
}

}  // namespace
}  // namespace bramble
