#include "pipeline/stack/split_bends.hpp"

#include "pipeline/stack/prune_spurs.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace bramble {
namespace {

ShaftPath path_of(std::vector<Position> points) {
  ShaftPath path{.points = std::move(points)};
  path.length_um = voxel_path_length_um(path.points, 0.3);
  return path;
}

// Part of a circle in the plane.
ShaftPath arc(double radius_um, double angle_deg) {
  std::vector<Position> points;
  for (double degrees = 0; degrees <= angle_deg; degrees += 1) {
    const double angle = degrees * std::numbers::pi / 180;
    points.push_back({0, radius_um * std::sin(angle), radius_um * std::cos(angle)});
  }
  return path_of(std::move(points));
}

// Along x, across to a neighbour 1 um away, and back.
ShaftPath there_and_back(double length_um) {
  std::vector<Position> points;
  for (double x_um = 0; x_um < length_um; x_um += 0.1) {
    points.push_back({0, 0, x_um});
  }
  for (double x_um = length_um; x_um >= 0; x_um -= 0.1) {
    points.push_back({0, 1, x_um});
  }
  return path_of(std::move(points));
}

TEST(SplitBends, path_that_runs_back_beside_itself_becomes_two) {
  const std::vector<ShaftPath> parts = split_bends({there_and_back(20)}, {});

  ASSERT_EQ(parts.size(), 2u);
  EXPECT_NEAR(parts[0].length_um, 20.5, 1.5);
  EXPECT_NEAR(parts[1].length_um, 20.5, 1.5);
  EXPECT_TRUE(parts[0].points.front() == parts[1].points.back() ||
              parts[0].points.back() == parts[1].points.front());
}

TEST(SplitBends, wide_turn_stays_whole_and_a_hook_at_an_end_too) {
  const std::vector<ShaftPath> paths{arc(12, 180), there_and_back(4)};

  const std::vector<ShaftPath> parts = split_bends(paths, {});

  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].points, paths[0].points);
  EXPECT_EQ(parts[1].points, paths[1].points);
}

TEST(SplitBends, zigzag_becomes_its_straight_pieces_longest_first) {
  std::vector<Position> points = there_and_back(12).points;
  for (double x_um = 0; x_um < 30; x_um += 0.1) {
    points.push_back({0, 2, x_um});
  }

  const std::vector<ShaftPath> parts = split_bends({path_of(points)}, {});

  ASSERT_EQ(parts.size(), 3u);
  EXPECT_NEAR(parts[0].length_um, 30, 2);
  EXPECT_GE(parts[1].length_um, parts[2].length_um);
}

TEST(SplitBends, nothing_gives_nothing_and_a_single_point_stays) {
  EXPECT_TRUE(split_bends({}, {}).empty());
  EXPECT_EQ(split_bends({ShaftPath{.points = {{0, 0, 0}}}}, {}).size(), 1u);
}

}  // namespace
}  // namespace bramble
