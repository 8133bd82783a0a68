#include "pipeline/phantom/dendrite_path.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

// 10 um along x.
DendritePath straight_path() {
  DendritePath path;
  for (int i = 0; i <= 100; ++i) {
    path.nodes.push_back({5, 2, 0.1 * i});
    path.radius_um.push_back(i < 50 ? 0.4 : 0.6);
  }
  return path;
}

TEST(PointAt, interpolates_and_stops_at_the_ends) {
  const DendritePath path{.nodes = {{0, 0, 0}, {0, 0, 0.1}, {0, 0.1, 0.1}},
                          .radius_um = {0.4, 0.6, 0.6}};

  const PathPoint middle = point_at(path, 0.05);
  const PathPoint before = point_at(path, -1);
  const PathPoint behind = point_at(path, 99);

  EXPECT_NEAR(middle.position.x_um, 0.05, 1e-12);
  EXPECT_NEAR(middle.tangent.x_um, 1, 1e-12);
  EXPECT_NEAR(middle.radius_um, 0.5, 1e-12);
  EXPECT_EQ(before.position, path.nodes.front());
  EXPECT_NEAR(behind.position.y_um, 0.1, 1e-12);
  EXPECT_NEAR(behind.tangent.y_um, 1, 1e-12);
}

TEST(NearestNode, is_measured_from_the_surface) {
  const NearestNode beside = nearest_node(straight_path(), {5, 4, 3.02});
  const NearestNode inside = nearest_node(straight_path(), {5, 2.1, 3});
  const NearestNode beyond = nearest_node(straight_path(), {5, 2, 12});

  EXPECT_EQ(beside.node, 30u);
  EXPECT_NEAR(beside.from_surface_um, 1.6, 1e-3);
  EXPECT_NEAR(inside.from_surface_um, -0.3, 1e-9);
  EXPECT_EQ(beyond.node, 100u);
  EXPECT_NEAR(beyond.from_surface_um, 1.4, 1e-9);
}

TEST(ComesWithin, finds_any_point_that_is_too_near) {
  const DendritePath path = straight_path();

  EXPECT_TRUE(comes_within({{5, 9, 3}, {5, 3, 7.23}}, path, 1.01));
  EXPECT_FALSE(comes_within({{5, 9, 3}, {5, 3, 7.23}}, path, 0.99));
  EXPECT_TRUE(comes_within({{5, 2, 11}}, path, 1.01));
  EXPECT_FALSE(comes_within({{5, 2, 11}}, path, 0.99));
  EXPECT_FALSE(comes_within({}, path, 100));
}

TEST(TouchesAny, keeps_clear_of_the_thickest_place) {
  EXPECT_FALSE(touches_any({{5, 4, 5}}, {straight_path()}, 1.35));
  EXPECT_TRUE(touches_any({{5, 4, 5}}, {straight_path()}, 1.45));
  EXPECT_FALSE(touches_any({{5, 4, 5}}, {}, 1.45));
}

}  // namespace
}  // namespace bramble
