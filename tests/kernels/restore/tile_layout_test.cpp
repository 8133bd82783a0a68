#include "kernels/restore/tile_layout.hpp"

#include "kernels/core/error.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

TEST(TileLayout, an_axis_that_fits_is_one_tile) {
  const AxisTiles tiles = tile_axis(50, 60, 20);

  EXPECT_EQ(tiles.size, 50);
  EXPECT_EQ(tiles.starts, std::vector<int>{0});
  EXPECT_EQ(blend_of(tiles, 0).weight(0), 1.0f);
  EXPECT_EQ(blend_of(tiles, 0).weight(49), 1.0f);
}

TEST(TileLayout, tiles_reach_both_ends_and_overlap_enough) {
  const AxisTiles tiles = tile_axis(131, 50, 16);

  EXPECT_EQ(tiles.starts.front(), 0);
  EXPECT_EQ(tiles.starts.back() + tiles.size, 131);
  for (std::size_t i = 1; i < tiles.starts.size(); ++i) {
    EXPECT_GE(tiles.starts[i - 1] + tiles.size - tiles.starts[i], 16);
  }
  EXPECT_EQ(tiles.starts.size(), 4U);
}

TEST(TileLayout, weights_add_up_to_one_and_vanish_next_to_a_cut) {
  const AxisTiles tiles = tile_axis(131, 50, 16);

  for (int voxel = 0; voxel < 131; ++voxel) {
    float sum = 0;
    for (std::size_t i = 0; i < tiles.starts.size(); ++i) {
      const int place = voxel - tiles.starts[i];
      if (place >= 0 && place < tiles.size) {
        sum += blend_of(tiles, static_cast<int>(i)).weight(place);
      }
    }
    ASSERT_NEAR(sum, 1.0f, 1e-6f) << voxel;
  }
  EXPECT_EQ(blend_of(tiles, 1).weight(0), 0.0f);
  EXPECT_EQ(blend_of(tiles, 1).weight(49), 0.0f);
}

TEST(TileLayout, a_tile_with_nothing_between_its_overlaps_is_refused) {
  EXPECT_THROW(tile_axis(100, 32, 16), InvalidArgument);
}

}  // namespace
}  // namespace bramble
