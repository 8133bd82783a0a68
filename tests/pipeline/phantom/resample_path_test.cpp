#include "pipeline/phantom/resample_path.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

TEST(ResamplePath, straight_line_gives_equal_steps_on_it) {
  std::vector<Position> points;
  for (int i = 0; i <= 10; ++i) {
    points.push_back({0, 0.2 * i, 0});
  }

  const std::vector<Position> nodes = resample_path(points, 0.3);

  ASSERT_EQ(nodes.size(), 7u);  // 0, 0.3, ... 1.8 of 2.0 um
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    EXPECT_NEAR(nodes[i].y_um, 0.3 * static_cast<double>(i), 1e-9);
    EXPECT_EQ(nodes[i].x_um, 0);
  }
}

TEST(ResamplePath, circle_stays_a_circle) {
  constexpr double radius_um = 5;
  std::vector<Position> points;
  for (int i = 0; i <= 100; ++i) {
    points.push_back({0, radius_um * std::cos(0.03 * i), radius_um * std::sin(0.03 * i)});
  }

  const std::vector<Position> nodes = resample_path(points, 0.1);

  // The arc of 3 rad is 15 um long. The straight first and last knots of the spline cost a little.
  EXPECT_NEAR(static_cast<double>(nodes.size()), 151, 1);
  for (const Position& node : nodes) {
    EXPECT_NEAR(length_um(node), radius_um, 0.02);
  }
}

TEST(ResamplePath, two_points_give_their_chord) {
  const std::vector<Position> nodes = resample_path({{0, 0, 0}, {0, 0, 1}}, 0.5);

  ASSERT_GE(nodes.size(), 2u);
  EXPECT_NEAR(nodes[1].x_um, 0.5, 1e-9);
}

}  // namespace
}  // namespace bramble
