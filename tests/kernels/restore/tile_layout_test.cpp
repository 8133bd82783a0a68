#include "kernels/restore/tile_layout.hpp"

#include "kernels/core/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace bramble {
namespace {

// The largest deviation from 1 of what the weights of all parts at a voxel add up to.
float worst_sum(const std::vector<AxisPart>& parts, int size) {
  float worst = 0;
  for (int voxel = 0; voxel < size; ++voxel) {
    float sum = 0;
    for (const AxisPart& part : parts) {
      const int place = voxel - part.start;
      sum += place >= 0 && place < part.size ? part.blend.weight(place) : 0;
    }
    worst = std::max(worst, std::abs(sum - 1));
  }
  return worst;
}

TEST(TileLayout, an_axis_that_fits_is_one_tile) {
  const std::vector<AxisPart> tiles = tile_axis(50, 60, 20);

  ASSERT_EQ(tiles.size(), 1U);
  EXPECT_EQ(tiles[0].start, 0);
  EXPECT_EQ(tiles[0].size, 50);
  EXPECT_EQ(tiles[0].blend.weight(0), 1.0f);
  EXPECT_EQ(tiles[0].blend.weight(49), 1.0f);
}

TEST(TileLayout, tiles_reach_both_ends_and_overlap_enough) {
  const std::vector<AxisPart> tiles = tile_axis(131, 50, 16);

  ASSERT_EQ(tiles.size(), 4U);
  EXPECT_EQ(tiles.front().start, 0);
  EXPECT_EQ(tiles.back().start + tiles.back().size, 131);
  for (std::size_t i = 1; i < tiles.size(); ++i) {
    EXPECT_GE(tiles[i - 1].start + tiles[i - 1].size - tiles[i].start, 16);
  }
}

TEST(TileLayout, weights_add_up_to_one_and_vanish_next_to_a_cut) {
  const std::vector<AxisPart> tiles = tile_axis(131, 50, 16);

  EXPECT_LT(worst_sum(tiles, 131), 1e-6f);
  EXPECT_EQ(tiles[1].blend.weight(0), 0.0f);
  EXPECT_EQ(tiles[1].blend.weight(49), 0.0f);
}

TEST(TileLayout, a_tile_with_nothing_between_its_overlaps_is_refused) {
  EXPECT_THROW(tile_axis(100, 32, 16), InvalidArgument);
}

TEST(TileLayout, one_range_is_the_whole_axis) {
  const std::vector<AxisPart> ranges = range_axis(7, {0}, 4);

  ASSERT_EQ(ranges.size(), 1U);
  EXPECT_EQ(ranges[0].size, 7);
  EXPECT_EQ(worst_sum(ranges, 7), 0.0f);
}

TEST(TileLayout, ranges_reach_a_halo_into_each_other_and_change_over_where_they_meet) {
  const std::vector<AxisPart> ranges = range_axis(40, {0, 15}, 4);

  ASSERT_EQ(ranges.size(), 2U);
  EXPECT_EQ(ranges[0].size, 19);
  EXPECT_EQ(ranges[1].start, 11);
  EXPECT_EQ(ranges[1].size, 29);
  EXPECT_LT(worst_sum(ranges, 40), 1e-6f);
  // Slices 13 to 16, whose middle is where the ranges meet, get 7, 5, 3 and 1 eighth of the first.
  EXPECT_EQ(ranges[0].blend.weight(12), 1.0f);
  EXPECT_FLOAT_EQ(ranges[0].blend.weight(13), 0.875f);
  EXPECT_FLOAT_EQ(ranges[0].blend.weight(16), 0.125f);
  EXPECT_EQ(ranges[0].blend.weight(17), 0.0f);
}

TEST(TileLayout, ranges_thinner_than_the_halo_still_add_up_to_one) {
  const std::vector<AxisPart> ranges = range_axis(12, {0, 2, 3, 9}, 5);

  ASSERT_EQ(ranges.size(), 4U);
  EXPECT_EQ(ranges[1].start, 0);
  EXPECT_EQ(ranges[3].start + ranges[3].size, 12);
  EXPECT_LT(worst_sum(ranges, 12), 1e-6f);
  for (const AxisPart& range : ranges) {
    for (int i = 0; i < range.size; ++i) {
      EXPECT_GE(range.blend.weight(i), 0.0f);
    }
  }
}

TEST(TileLayout, without_a_halo_ranges_stand_side_by_side) {
  const std::vector<AxisPart> ranges = range_axis(5, {0, 2}, 0);

  EXPECT_EQ(ranges[0].size, 2);
  EXPECT_EQ(ranges[1].start, 2);
  EXPECT_EQ(worst_sum(ranges, 5), 0.0f);
}

TEST(TileLayout, ranges_that_do_not_follow_each_other_from_the_first_voxel_on_are_refused) {
  EXPECT_THROW(range_axis(10, {}, 2), InvalidArgument);
  EXPECT_THROW(range_axis(10, {1, 4}, 2), InvalidArgument);
  EXPECT_THROW(range_axis(10, {0, 4, 4}, 2), InvalidArgument);
  EXPECT_THROW(range_axis(10, {0, 10}, 2), InvalidArgument);
}

}  // namespace
}  // namespace bramble
