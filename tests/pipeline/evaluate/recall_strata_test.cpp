#include "pipeline/evaluate/recall_strata.hpp"

#include "tests/pipeline/evaluate/small_study.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace bramble {
namespace {

const RecallStratum& stratum(const std::vector<RecallStratum>& strata, const std::string& by,
                             double low) {
  const auto found = std::find_if(strata.begin(), strata.end(), [&](const RecallStratum& s) {
    return s.by == by && s.low == low;
  });
  EXPECT_NE(found, strata.end()) << by << " " << low;
  return *found;
}

TEST(RecallStrata, spine_falls_into_the_bin_that_begins_at_its_value) {
  TruthSpine small = true_spine("a", {5, 4, 2});
  small.head_diameter_um = 0.3;
  TruthSpine large = true_spine("b", {5, 4, 6});
  large.head_diameter_um = 0.45;
  TruthSpine giant = true_spine("c", {5, 4, 10});
  giant.head_diameter_um = 1.3;
  const StudyTruth truth = phantom_truth({true_stack(1, {small, large, giant})});
  const std::vector<SpineRow> rows{found_spine(1, "s1", {5, 4, 6}),
                                   found_spine(1, "s2", {5, 4, 10})};

  const auto strata = recall_strata(match_stacks(truth, rows, {}), not_available);

  EXPECT_EQ(stratum(strata, "head_diameter_um", 0.25).recall.part, 0);
  EXPECT_EQ(stratum(strata, "head_diameter_um", 0.25).recall.whole, 1);
  EXPECT_EQ(stratum(strata, "head_diameter_um", 0.45).recall.part, 1);
  EXPECT_EQ(stratum(strata, "head_diameter_um", 0.35).recall.whole, 0);
  EXPECT_EQ(stratum(strata, "head_diameter_um", 1.2).recall.part, 1);
}

TEST(RecallStrata, spine_without_a_neighbour_stands_alone) {
  TruthSpine crowded = true_spine("a", {5, 4, 2});
  crowded.neighbour_um = 0.4;
  const StudyTruth truth = phantom_truth({true_stack(1, {crowded, true_spine("b", {5, 4, 10})})});
  const std::vector<SpineRow> rows{found_spine(1, "s1", {5, 4, 10})};

  const auto strata = recall_strata(match_stacks(truth, rows, {}), not_available);

  EXPECT_EQ(stratum(strata, "neighbour_um", 0).recall.part, 0);
  EXPECT_EQ(stratum(strata, "neighbour_um", 0).recall.whole, 1);
  EXPECT_EQ(stratum(strata, "neighbour_um", 1.2).recall.part, 1);
}

TEST(RecallStrata, head_photons_are_contrast_times_the_photons_of_the_study) {
  TruthSpine spine = true_spine("a", {5, 4, 2});
  spine.contrast = 0.5;
  const StudyTruth truth = phantom_truth({true_stack(1, {spine})});
  const auto matches = match_stacks(truth, {}, {});

  EXPECT_EQ(stratum(recall_strata(matches, 30), "head_photons", 10).recall.whole, 1);
  EXPECT_EQ(stratum(recall_strata(matches, 12), "head_photons", 3).recall.whole, 1);
}

TEST(RecallStrata, unknown_property_and_ignored_spines_give_nothing) {
  TruthSpine ignored = ignored_spine("a", {5, 4, 2});
  ignored.head_diameter_um = 0.5;
  const StudyTruth truth = phantom_truth({true_stack(1, {ignored})});

  const auto strata = recall_strata(match_stacks(truth, {}, {}), 30);

  for (const RecallStratum& row : strata) {
    EXPECT_EQ(row.by, "head_diameter_um");
    EXPECT_EQ(row.recall.whole, 0);
  }
}

}  // namespace
}  // namespace bramble
