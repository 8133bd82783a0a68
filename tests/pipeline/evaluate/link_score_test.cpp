#include "pipeline/evaluate/link_score.hpp"

#include "tests/pipeline/evaluate/small_study.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

const Position place_a{5, 4, 2};
const Position place_b{5, 4, 8};
const Position place_c{5, 4, 14};

StudyTruth three_stable_spines() {
  const std::vector<TruthSpine> spines{true_spine("a", place_a), true_spine("b", place_b),
                                       true_spine("c", place_c)};
  return phantom_truth({true_stack(-1, spines), true_stack(1, spines)});
}

TEST(LinkScore, same_ids_are_perfect) {
  const StudyTruth truth = three_stable_spines();
  const std::vector<SpineRow> rows{found_spine(-1, "s1", place_a), found_spine(-1, "s2", place_b),
                                   found_spine(1, "s1", place_a), found_spine(1, "s2", place_b),
                                   found_spine(1, "s3", place_c)};

  const LinkScore score = link_score(session_pairs(match_stacks(truth, rows, {})));

  EXPECT_EQ(score.n_pairs, 2);  // c was found once
  EXPECT_EQ(score.n_same, 2);
  EXPECT_EQ(score.f1, 1);
}

TEST(LinkScore, exchanged_ids_are_switched_and_wrong) {
  const StudyTruth truth = three_stable_spines();
  const std::vector<SpineRow> rows{found_spine(-1, "s1", place_a), found_spine(-1, "s2", place_b),
                                   found_spine(-1, "s3", place_c), found_spine(1, "s2", place_a),
                                   found_spine(1, "s1", place_b),  found_spine(1, "s3", place_c)};

  const LinkScore score = link_score(session_pairs(match_stacks(truth, rows, {})));

  EXPECT_EQ(score.n_pairs, 3);
  EXPECT_EQ(score.n_same, 1);
  EXPECT_EQ(score.n_switched, 2);
  EXPECT_EQ(score.n_wrong, 2);
  EXPECT_DOUBLE_EQ(score.precision.frac, 1.0 / 3);
  EXPECT_DOUBLE_EQ(score.recall.frac, 1.0 / 3);
  EXPECT_DOUBLE_EQ(score.f1, 1.0 / 3);
}

TEST(LinkScore, broken_link_is_switched_but_not_wrong) {
  const StudyTruth truth = three_stable_spines();
  const std::vector<SpineRow> rows{found_spine(-1, "s1", place_a), found_spine(1, "s9", place_a)};

  const LinkScore score = link_score(session_pairs(match_stacks(truth, rows, {})));

  EXPECT_EQ(score.n_switched, 1);
  EXPECT_EQ(score.n_wrong, 0);
  EXPECT_EQ(score.recall.frac, 0);
  EXPECT_TRUE(std::isnan(score.precision.frac));
}

TEST(SessionPairs, follow_days_not_names) {
  const StudyTruth truth =
      phantom_truth({true_stack(10, {}), true_stack(-1, {}), true_stack(3, {})});
  const auto matches = match_stacks(truth, {}, {});

  const std::vector<SessionPair> pairs = session_pairs(matches);

  ASSERT_EQ(pairs.size(), 2u);
  EXPECT_EQ(pairs[0].earlier->truth->day, -1);
  EXPECT_EQ(pairs[0].later->truth->day, 3);
  EXPECT_EQ(pairs[1].later->truth->day, 10);
}

TEST(SessionPairs, other_fields_are_not_paired) {
  StudyTruth truth = phantom_truth({true_stack(-1, {}), true_stack(1, {})});
  truth.stacks[1].fov = "chunk-02";

  EXPECT_TRUE(session_pairs(match_stacks(truth, {}, {})).empty());
}

}  // namespace
}  // namespace bramble
