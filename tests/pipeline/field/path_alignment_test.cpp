#include "pipeline/field/path_alignment.hpp"

#include "pipeline/field/median.hpp"
#include "tests/pipeline/field/synthetic_field.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

// The spines of one session on a shaft, moved along it by `shift_um` + `stretch_frac` times the
// path.
std::vector<PlacedSpine> placed(const std::vector<TrueSpine>& spines, double shift_um,
                                double stretch_frac = 0, double jitter_um = 0,
                                std::uint32_t seed = 1) {
  Dice dice(seed);
  std::vector<PlacedSpine> places;
  for (const TrueSpine& spine : spines) {
    places.push_back(
        {.path_um = spine.path_um * (1 + stretch_frac) + shift_um + jitter_um * dice.normal(),
         .lateral_um = spine.lateral_um,
         .height_um = spine.height_um,
         .p_detect = 1});
  }
  return places;
}

TEST(PathAlignment, finds_a_constant_shift) {
  const std::vector<TrueSpine> spines = random_spines(1, 60);

  const PathAlignment alignment = align_paths(placed(spines, 0), placed(spines, 1.3));

  EXPECT_NEAR(alignment.path.at(10), 1.3, 1e-9);
  EXPECT_NEAR(alignment.path.at(50), 1.3, 1e-9);
}

TEST(PathAlignment, follows_a_warp) {
  const std::vector<TrueSpine> spines = random_spines(2, 80);

  const PathAlignment alignment = align_paths(placed(spines, 0), placed(spines, -0.8, 0.02, 0.1));

  EXPECT_NEAR(alignment.path.at(15), -0.5, 0.25);
  EXPECT_NEAR(alignment.path.at(65), 0.5, 0.25);
}

TEST(PathAlignment, is_not_misled_by_births_and_deaths) {
  std::vector<TrueSpine> before = random_spines(3, 80);
  std::vector<TrueSpine> after = before;
  for (std::size_t i = 0; i < before.size(); i += 5) {
    after[i].path_um = 80 - after[i].path_um;
  }

  const PathAlignment alignment = align_paths(placed(before, 0), placed(after, 0.9, 0, 0.1));

  EXPECT_NEAR(alignment.path.at(40), 0.9, 0.15);
}

TEST(PathAlignment, takes_out_a_common_height) {
  const std::vector<TrueSpine> spines = random_spines(4, 60);
  std::vector<PlacedSpine> higher = placed(spines, 0.2);
  for (PlacedSpine& spine : higher) {
    spine.height_um += 1.5;
  }

  const PathAlignment alignment = align_paths(placed(spines, 0), higher);

  EXPECT_NEAR(alignment.height_um, 1.5, 1e-9);
  EXPECT_NEAR(aligned_spine(higher[3], alignment).height_um, spines[3].height_um, 1e-9);
  EXPECT_NEAR(aligned_spine(higher[3], alignment).path_um, spines[3].path_um, 1e-9);
}

TEST(PathAlignment, few_spines_give_no_shift) {
  const std::vector<TrueSpine> two = {{.number = 0, .path_um = 3, .lateral_um = 1},
                                      {.number = 1, .path_um = 9, .lateral_um = 1}};

  EXPECT_EQ(align_paths(placed(two, 0), placed(two, 0.5)).path.at(5), 0);
  EXPECT_EQ(align_paths({}, {}).path.at(5), 0);
}

TEST(PathShift, undo_is_the_inverse_of_apply) {
  const PathShift shift(std::vector<PathShift::Sample>{{0, 0.2}, {10, 0.5}, {20, 0.4}});

  EXPECT_NEAR(shift.undo(shift.apply(1)), 1, 1e-12);
  EXPECT_NEAR(shift.undo(shift.apply(19)), 19, 1e-12);
}

TEST(Median, is_the_middle_value) {
  EXPECT_EQ(median({3, 1, 2}), 2);
  EXPECT_EQ(median({4, 1, 2, 3}), 2.5);
  EXPECT_EQ(median({}), 0);
}

TEST(Median, follows_weights) {
  EXPECT_EQ(weighted_median({{1, 1}, {2, 1}, {3, 1}}), 2);
  EXPECT_EQ(weighted_median({{3, 5}, {1, 1}, {2, 1}}), 3);
  EXPECT_EQ(weighted_median({{7, 0.1}}), 7);
}

}  // namespace
}  // namespace bramble
