#include "pipeline/evaluate/spine_measures.hpp"

#include "tests/pipeline/evaluate/small_study.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

TruthSpine sized(const std::string& id, double x_um, double diameter_um) {
  TruthSpine spine = true_spine(id, {5, 4, x_um});
  spine.head_diameter_um = diameter_um;
  return spine;
}

SpineRow measured(const std::string& id, double x_um, float diameter_um) {
  SpineRow row = found_spine(1, id, {5, 4, x_um});
  row.spine.head_diameter_um = diameter_um;
  return row;
}

TEST(LocalisationScore, is_split_into_plane_and_depth) {
  const StudyTruth truth = phantom_truth({true_stack(1, {true_spine("a", {5, 4, 2})})});
  const std::vector<SpineRow> rows{found_spine(1, "s1", {4, 4.3, 2.4})};

  const LocalisationScore score = localisation_score(match_stacks(truth, rows, {}));

  EXPECT_EQ(score.n, 1);
  EXPECT_NEAR(score.lateral_mean_um, 0.5, 1e-12);
  EXPECT_NEAR(score.axial_mean_um, 1, 1e-12);
}

TEST(HeadSizeScores, bias_and_spread_of_each_bin) {
  const StudyTruth truth =
      phantom_truth({true_stack(1, {sized("a", 2, 0.5), sized("b", 6, 0.5), sized("c", 10, 1.0)})});
  const std::vector<SpineRow> rows{measured("s1", 2, 0.5f), measured("s2", 6, 0.75f),
                                   measured("s3", 10, 0.5f)};
  const auto matches = match_stacks(truth, rows, {});

  const auto scores = head_size_scores(matches);

  ASSERT_EQ(scores.size(), 5u);
  EXPECT_EQ(scores[2].n, 2);
  EXPECT_NEAR(scores[2].bias_um, 0.125, 1e-12);
  EXPECT_NEAR(scores[2].sd_um, 0.25 / std::sqrt(2.0), 1e-12);
  EXPECT_NEAR(scores[2].median_bias_frac, 0.25, 1e-12);
  EXPECT_NEAR(scores[4].bias_um, -0.5, 1e-12);
  EXPECT_TRUE(std::isnan(scores[4].sd_um));
  EXPECT_NEAR(head_diameter_bias(matches), 0, 1e-12);  // ratios 1, 1.5, 0.5
}

TEST(HeadSizeScores, truth_without_diameters_gives_none) {
  const StudyTruth truth = phantom_truth({true_stack(1, {true_spine("a", {5, 4, 2})})});
  const std::vector<SpineRow> rows{measured("s1", 2, 0.5f)};

  EXPECT_TRUE(head_size_scores(match_stacks(truth, rows, {})).empty());
}

TEST(ClassPairs, clear_cut_spines_are_away_from_every_threshold) {
  TruthSpine clear = sized("a", 2, 0.8);
  clear.spine_class = "mushroom";
  clear.neck_length_um = 0.7;
  clear.length_um = 1.5;
  TruthSpine near = clear;
  near.spine_id = "b";
  near.head = {5, 4, 6};
  near.head_diameter_um = 0.63;  // 5 % from a mushroom's threshold
  const StudyTruth truth = phantom_truth({true_stack(1, {clear, near})});
  std::vector<SpineRow> rows{measured("s1", 2, 0.8f), measured("s2", 6, 0.5f)};
  rows[0].spine.spine_class = SpineClass::mushroom;
  rows[1].spine.spine_class = SpineClass::thin;

  const std::vector<ClassPair> pairs = class_pairs(match_stacks(truth, rows, {}));

  ASSERT_EQ(pairs.size(), 2u);
  EXPECT_EQ(pairs[0].run_class, "mushroom");
  EXPECT_EQ(pairs[0].n, 1);
  EXPECT_EQ(pairs[0].n_clear_cut, 1);
  EXPECT_EQ(pairs[1].run_class, "thin");
  EXPECT_EQ(pairs[1].n, 1);
  EXPECT_EQ(pairs[1].n_clear_cut, 0);
}

}  // namespace
}  // namespace bramble
