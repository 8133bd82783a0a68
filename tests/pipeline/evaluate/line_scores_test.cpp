#include "pipeline/evaluate/line_scores.hpp"

#include "tests/pipeline/evaluate/small_study.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

std::vector<Position> straight_line(double y_um, double from_um, double to_um) {
  return {{5, y_um, from_um}, {5, y_um, to_um}};
}

TracedStack traced(std::vector<std::vector<Position>> lines) {
  return {"m1", "ses-1", "chunk-01", std::move(lines)};
}

TEST(TrueLength, counts_what_is_inside_only) {
  TruthStack stack = true_stack(1, {});
  EXPECT_NEAR(true_length_um(stack, TruthKind::phantom), 20, 1e-12);

  stack.dendrites[0].inside[10] = false;  // both segments beside the node go

  EXPECT_NEAR(true_length_um(stack, TruthKind::phantom), 18, 1e-12);
}

TEST(TrueLength, is_what_the_truth_says_where_it_says_it) {
  TruthStack stack = true_stack(1, {});
  stack.dendrites[0].length_um = 19.5;

  EXPECT_EQ(true_length_um(stack, TruthKind::phantom), 19.5);
}

TEST(TrueLength, staircase_of_whole_slices_is_smoothed) {
  TruthStack stack = true_stack(1, {});
  stack.dendrites[0].nodes.clear();
  stack.dendrites[0].inside.clear();
  for (int i = 0; i <= 200; ++i) {
    stack.dendrites[0].nodes.push_back({static_cast<double>(i / 40), 5, 0.1 * i});
    stack.dendrites[0].inside.push_back(true);
  }
  const double chord_um = std::hypot(20, 5);

  EXPECT_GT(true_length_um(stack, TruthKind::phantom), 24);
  EXPECT_NEAR(true_length_um(stack, TruthKind::annotation), chord_um, 0.7);
}

TEST(CentrelineScore, distance_of_two_parallel_lines) {
  const StudyTruth truth = phantom_truth({true_stack(1, {})});

  const CentrelineScore score = centreline_score(truth, {traced({straight_line(5.3, 0, 20)})});

  EXPECT_NEAR(score.mean_um, 0.3, 1e-9);
  EXPECT_NEAR(score.p95_um, 0.3, 1e-9);
  EXPECT_NEAR(score.missed_um, 0, 1e-9);
  EXPECT_NEAR(score.extra_um, 0, 1e-9);
}

TEST(CentrelineScore, missed_and_extra_length_lie_beyond_one_micrometre) {
  const StudyTruth truth = phantom_truth({true_stack(1, {})});

  const CentrelineScore score =
      centreline_score(truth, {traced({straight_line(5, 0, 11), straight_line(9, 0, 8)})});

  EXPECT_NEAR(score.true_um, 20, 1e-9);
  EXPECT_NEAR(score.missed_um, 8, 0.3);  // from 12 um on
  EXPECT_NEAR(score.traced_um, 19, 1e-9);
  EXPECT_NEAR(score.extra_um, 8, 1e-9);
}

TEST(CentrelineScore, far_from_an_annotation_nothing_is_extra) {
  StudyTruth truth{.kind = TruthKind::annotation, .stacks = {true_stack(1, {})}};

  const CentrelineScore score =
      centreline_score(truth, {traced({straight_line(5, 0, 20), straight_line(30, 0, 8)})});

  EXPECT_NEAR(score.traced_um, 20, 1e-9);
  EXPECT_NEAR(score.extra_um, 0, 1e-9);
}

TEST(CentrelineScore, stack_without_a_trace_is_left_out_and_an_empty_trace_misses_all) {
  const StudyTruth truth = phantom_truth({true_stack(1, {})});

  EXPECT_TRUE(std::isnan(centreline_score(truth, {}).mean_um));
  EXPECT_EQ(centreline_score(truth, {}).true_um, 0);
  EXPECT_NEAR(centreline_score(truth, {traced({})}).missed_um, 20, 1e-9);
}

}  // namespace
}  // namespace bramble
