#include "pipeline/phantom/warp.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

const TissueBox box{{-4, -20, -20}, {28, 52, 52}};

TEST(Warp, without_nodes_moves_nothing) {
  EXPECT_EQ(Warp{}.at({1, 2, 3}), Position{});
  EXPECT_TRUE(draw_warp(0, 25, box, {}).displacements.empty());
}

TEST(Warp, equal_nodes_move_all_points_of_the_box_alike) {
  Warp warp = draw_warp(1, 25, box, {});
  for (Position& displacement : warp.displacements) {
    displacement = {0.1, 0.2, 0.3};
  }

  for (const Position point : {box.low, box.high, Position{3, 0, 1}}) {
    EXPECT_NEAR(distance_um(warp.at(point), {0.1, 0.2, 0.3}), 0, 1e-12);
  }
}

// A cubic B-spline of coefficients on a line is that line.
TEST(Warp, nodes_on_a_slope_give_the_slope) {
  Warp warp = draw_warp(1, 10, box, {});
  for (std::size_t i = 0; i < warp.displacements.size(); ++i) {
    warp.displacements[i] = {0, 0.01 * warp.node(i).x_um, 0};
  }

  EXPECT_NEAR(warp.at({1, 7, 31.7}).y_um, 0.317, 1e-12);
  EXPECT_NEAR(warp.at({20, 50, -18}).y_um, -0.18, 1e-12);
}

TEST(Warp, displacement_has_the_given_spread_on_every_axis) {
  double sum_z = 0;
  double sum_y = 0;
  double sum_x = 0;
  int num_points = 0;
  for (std::uint64_t session = 0; session < 400; ++session) {
    const Warp warp =
        draw_warp(0.4, 25, box, {.purpose = RandomPurpose::session_warp, .session = session});
    for (const Position point : {Position{0, -15, 3}, Position{9, 11, 12}, Position{20, 40, 31}}) {
      const Position moved = warp.at(point);
      sum_z += moved.z_um * moved.z_um;
      sum_y += moved.y_um * moved.y_um;
      sum_x += moved.x_um * moved.x_um;
      ++num_points;
    }
  }

  // The standard error of 1200 weakly dependent points is 2 %; at one place the variance differs
  // from the mean by up to 13 %.
  EXPECT_NEAR(std::sqrt(sum_z / num_points), 0.4, 0.04);
  EXPECT_NEAR(std::sqrt(sum_y / num_points), 0.4, 0.04);
  EXPECT_NEAR(std::sqrt(sum_x / num_points), 0.4, 0.04);
}

TEST(Warp, is_smooth) {
  const Warp warp = draw_warp(0.4, 25, box, {});
  for (double x = -19; x < 51; x += 0.5) {
    const Position step = warp.at({3, 5, x + 0.5}) - warp.at({3, 5, x});
    EXPECT_LT(length_um(step), 0.08);
  }
}

}  // namespace
}  // namespace bramble
