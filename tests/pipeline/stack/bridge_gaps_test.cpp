#include "pipeline/stack/bridge_gaps.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

ShaftPath line(Position from, Position to) {
  ShaftPath path;
  for (int i = 0; i <= 50; ++i) {
    path.points.push_back(from + (to - from) * (i / 50.0));
  }
  path.length_um = distance_um(from, to);
  return path;
}

TEST(BridgeGaps, ends_that_face_each_other_become_one_path) {
  std::vector<ShaftPath> paths{line({0, 0, 0}, {0, 0, 10}), line({0, 0.5, 23}, {0, 0, 12.5})};

  bridge_gaps(paths, {.max_gap_um = 4});

  ASSERT_EQ(paths.size(), 1u);
  EXPECT_NEAR(paths[0].length_um, 23, 0.2);
}

TEST(BridgeGaps, parallel_neighbours_and_far_ends_stay_apart) {
  std::vector<ShaftPath> paths{line({0, 0, 0}, {0, 0, 10}), line({0, 2, 0}, {0, 2, 10}),
                               line({0, 0, 16}, {0, 0, 30})};

  bridge_gaps(paths, {.max_gap_um = 4});

  EXPECT_EQ(paths.size(), 3u);
}

TEST(BridgeGaps, chain_of_pieces_becomes_one) {
  std::vector<ShaftPath> paths{line({0, 0, 24}, {0, 0, 34}), line({0, 0, 0}, {0, 0, 10}),
                               line({0, 0, 12}, {0, 0, 22})};

  bridge_gaps(paths, {.max_gap_um = 4});

  ASSERT_EQ(paths.size(), 1u);
  EXPECT_NEAR(paths[0].length_um, 34, 0.2);
}

}  // namespace
}  // namespace bramble
