#include "pipeline/beads/find_beads.hpp"

#include "kernels/core/error.hpp"
#include "tests/pipeline/beads/bead_stack.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

TEST(FindBeads, keeps_isolated_ones_and_counts_the_others) {
  const std::vector<Position> beads{
      {12, 3, 3},  // isolated
      {12, 9, 8.5},
      {12, 9, 9.6},  // a pair
      {4, 9, 3},     // too near to the first slice
  };
  Volume<float> counts = render_beads({}, beads);

  const FoundBeads found = find_beads(counts.view(), {});

  EXPECT_EQ(found.num_candidates, 4);
  EXPECT_EQ(found.num_crowded, 2);
  EXPECT_EQ(found.num_at_border, 1);
  EXPECT_EQ(found.num_saturated, 0);
  ASSERT_EQ(found.windows.size(), 1u);
  EXPECT_EQ(found.windows.front().extent(), (Extent{31, 33, 33}));
  EXPECT_GT(found.windows.front().view()(15, 16, 16), 300);
}

TEST(FindBeads, flat_top_is_saturation) {
  Volume<float> counts = render_beads({}, {{12, 6, 6}});
  for (float& value : counts.voxels()) {
    value = std::min(value, 200.0f);
  }

  const FoundBeads found = find_beads(counts.view(), {});

  EXPECT_EQ(found.num_saturated, 1);
  EXPECT_TRUE(found.windows.empty());
}

TEST(FindBeads, noise_has_no_beads) {
  const Volume<float> counts = render_beads({.extent = {31, 60, 60}}, {});

  EXPECT_EQ(find_beads(counts.view(), {}).num_candidates, 0);
  EXPECT_THROW(find_beads(counts.view(), {.half_depth_um = 0}), InvalidArgument);
}

}  // namespace
}  // namespace bramble
