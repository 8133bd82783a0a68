#include "pipeline/field/centreline.hpp"

#include "kernels/core/error.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

// 3 um along x, then 4 um along y.
Centreline corner() { return Centreline({{0, 0, 0}, {0, 0, 3}, {0, 4, 3}}); }

TEST(Centreline, measures_its_path_through_the_nodes) {
  const Centreline line = corner();

  EXPECT_DOUBLE_EQ(line.length_um(), 7);
  EXPECT_DOUBLE_EQ(line.path_um(1), 3);
  EXPECT_EQ(line.at(5), (Position{0, 2, 3}));
  EXPECT_EQ(line.at(3), (Position{0, 0, 3}));
}

TEST(Centreline, goes_straight_on_beyond_its_ends) {
  const Centreline line = corner();

  EXPECT_EQ(line.at(-2), (Position{0, 0, -2}));
  EXPECT_EQ(line.at(9), (Position{0, 6, 3}));
}

TEST(Centreline, foot_is_the_nearest_point) {
  const Foot foot = corner().foot_of({1, 1, 2});

  EXPECT_DOUBLE_EQ(foot.path_um, 2);
  EXPECT_EQ(foot.place, (Position{0, 0, 2}));
  EXPECT_EQ(foot.offset, (Position{1, 1, 0}));
}

TEST(Centreline, foot_beyond_an_end_is_on_the_continuation) {
  const Foot before = corner().foot_of({0, 1, -2});
  const Foot after = corner().foot_of({0, 5, 4});

  EXPECT_DOUBLE_EQ(before.path_um, -2);
  EXPECT_EQ(before.offset, (Position{0, 1, 0}));
  EXPECT_DOUBLE_EQ(after.path_um, 8);
  EXPECT_EQ(after.offset, (Position{0, 0, 1}));
}

TEST(Centreline, z_counts_less_than_the_plane) {
  const Centreline flat({{0, 0, 0}, {0, 0, 10}});
  const Centreline level({{2, 1.5, 0}, {2, 1.5, 10}});

  EXPECT_DOUBLE_EQ(weighted_distance_um({2, 0, 0}), 0.8);
  EXPECT_LT(weighted_distance_um(flat.foot_of({2, 0, 5}).offset),
            weighted_distance_um(level.foot_of({2, 0, 5}).offset));
}

TEST(Centreline, foot_near_stays_near) {
  const Centreline hairpin({{0, 0, 0}, {0, 0, 10}, {0, 1, 10}, {0, 1, 0}});

  EXPECT_DOUBLE_EQ(hairpin.foot_of({0, 0.9, 4}).path_um, 17);
  EXPECT_DOUBLE_EQ(hairpin.foot_near({0, 0.9, 4}, 5, 3).path_um, 4);
}

TEST(Centreline, direction_is_along_the_path) {
  const Centreline line = corner();

  EXPECT_EQ(line.direction(1), (Position{0, 0, 1}));
  EXPECT_EQ(line.direction(6), (Position{0, 1, 0}));
  EXPECT_EQ(line.direction(20), (Position{0, 1, 0}));
}

TEST(Centreline, single_node_has_no_length) {
  const Centreline point({{1, 2, 3}});

  EXPECT_EQ(point.length_um(), 0);
  EXPECT_EQ(point.at(4), (Position{1, 2, 3}));
  EXPECT_EQ(point.foot_of({1, 2, 5}).offset, (Position{0, 0, 2}));
  EXPECT_EQ(point.foot_near({1, 2, 5}, 0, 1).path_um, 0);
}

TEST(Centreline, needs_a_node) {
  EXPECT_THROW(Centreline(std::vector<Position>{}), InvalidArgument);
}

}  // namespace
}  // namespace bramble
