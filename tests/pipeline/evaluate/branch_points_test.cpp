#include "pipeline/evaluate/branch_points.hpp"

#include "tests/pipeline/evaluate/small_study.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

// Off the straight dendrite of true_stack, which lies at z = 5, y = 5.
void add_branch(TruthStack& stack, double at_x_um, int length_um, bool inside = true) {
  TruthDendrite branch;
  branch.dendrite_id = "d02";
  for (int i = 0; i <= length_um; ++i) {
    branch.nodes.push_back({5, 5.0 + i, at_x_um});
    branch.inside.push_back(inside);
  }
  stack.dendrites.push_back(branch);
}

BranchPointScore score_of(const TruthStack& stack, std::vector<Position> found) {
  return branch_point_score(phantom_truth({stack}), {{.subject_id = "m1",
                                                      .session_id = "ses-1",
                                                      .fov = "chunk-01",
                                                      .lines = {},
                                                      .branch_points = std::move(found)}});
}

TEST(BranchPoints, found_ones_missed_ones_and_false_ones) {
  TruthStack stack = true_stack(1, {});
  add_branch(stack, 4, 12);
  add_branch(stack, 16, 12);

  const BranchPointScore score = score_of(stack, {{5.6, 5.8, 4}, {5, 5, 10}});

  EXPECT_EQ(score.recall.part, 1);
  EXPECT_EQ(score.recall.whole, 2);
  EXPECT_EQ(score.precision.part, 1);
  EXPECT_EQ(score.precision.whole, 2);
  EXPECT_NEAR(score.distance_mean_um, 1.0, 1e-12);
}

TEST(BranchPoints, one_true_one_makes_one_hit_only) {
  TruthStack stack = true_stack(1, {});
  add_branch(stack, 4, 12);

  const BranchPointScore score = score_of(stack, {{5, 5.5, 4}, {5, 5.2, 4}, {5, 6.6, 4}});

  EXPECT_EQ(score.recall.part, 1);
  EXPECT_EQ(score.precision.part, 1);
  EXPECT_EQ(score.precision.whole, 3);
  EXPECT_NEAR(score.distance_mean_um, 0.2, 1e-12);
}

TEST(BranchPoints, short_branches_and_those_outside_count_neither_way) {
  TruthStack stack = true_stack(1, {});
  add_branch(stack, 4, 9);
  add_branch(stack, 16, 12, false);

  const BranchPointScore score = score_of(stack, {{5, 5.2, 4}, {5, 5.2, 16}});

  EXPECT_EQ(score.recall.whole, 0);
  EXPECT_EQ(score.precision.whole, 0);
}

TEST(BranchPoints, dendrites_that_pass_each_other_have_none) {
  TruthStack stack = true_stack(1, {});
  TruthDendrite other = stack.dendrites[0];
  for (Position& node : other.nodes) {
    node = {5, node.x_um, 10};
  }
  stack.dendrites.push_back(other);

  EXPECT_TRUE(true_branch_points(stack).empty());
}

TEST(BranchPoints, annotations_and_runs_without_traces_are_not_scored) {
  TruthStack stack = true_stack(1, {});
  add_branch(stack, 4, 12);

  EXPECT_EQ(branch_point_score(phantom_truth({stack}), {}).recall.whole, 0);
  EXPECT_EQ(branch_point_score({.kind = TruthKind::annotation, .stacks = {stack}}, {}).recall.whole,
            0);
}

}  // namespace
}  // namespace bramble
