#include "pipeline/stack/slice_step.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

constexpr double usable_um2 = 500;
constexpr double detail_um = 0.2;

// A correlation of Gaussian shape with its top off the middle.
ShiftMap map_with_top(double y_um, double x_um, double height, double width_x_um = 0.4) {
  ShiftMap map{.correlation = Volume<float>(MemorySpace::host, {1, 41, 41}, {1, 0.2f, 0.2f}),
               .reach_y_vox = 20,
               .reach_x_vox = 20};
  for (std::int64_t i = 0; i < 41 * 41; ++i) {
    const double y = 0.2 * (static_cast<double>(i / 41) - 20) - y_um;
    const double x = 0.2 * (static_cast<double>(i % 41) - 20) - x_um;
    map.correlation.voxels()[i] = static_cast<float>(
        height * std::exp(-y * y / (2 * 0.4 * 0.4) - x * x / (2 * width_x_um * width_x_um)));
  }
  return map;
}

TEST(SliceStep, reads_the_top_between_voxels) {
  const auto step = read_step(map_with_top(0.33, -0.71, 0.5), 3, 4, usable_um2, detail_um);

  ASSERT_TRUE(step);
  EXPECT_NEAR(step->y_um, 0.33, 0.01);
  EXPECT_NEAR(step->x_um, -0.71, 0.01);
  EXPECT_EQ(step->from, 3);
  EXPECT_EQ(step->to, 4);
}

TEST(SliceStep, knows_less_along_a_dendrite_than_across) {
  const auto step = read_step(map_with_top(0, 0, 0.5, 2), 0, 1, usable_um2, detail_um);

  ASSERT_TRUE(step);
  EXPECT_GT(step->information[0], 5 * step->information[2]);
}

TEST(SliceStep, a_correlation_that_chance_reaches_is_no_step) {
  EXPECT_FALSE(read_step(map_with_top(0.4, 0, 0.1), 0, 1, usable_um2, detail_um));
}

TEST(SliceStep, a_weak_top_nearby_beats_an_equal_one_far_away) {
  ShiftMap map = map_with_top(0.2, 0, 0.3);
  const ShiftMap far = map_with_top(3.2, 2.4, 0.3);
  for (std::int64_t i = 0; i < map.correlation.voxels().size(); ++i) {
    map.correlation.voxels()[i] += far.correlation.voxels()[i];
  }

  const auto step = read_step(map, 0, 1, usable_um2, detail_um);

  ASSERT_TRUE(step);
  EXPECT_NEAR(step->y_um, 0.2, 0.05);
}

TEST(SliceStep, a_map_without_neighbours_has_no_top) {
  const ShiftMap one{.correlation = Volume<float>(MemorySpace::host, {1, 1, 1}, {1, 1, 1})};

  EXPECT_FALSE(read_step(one, 0, 1, usable_um2, detail_um));
}

}  // namespace
}  // namespace bramble
