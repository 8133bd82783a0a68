#include "pipeline/phantom/session_pose.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace bramble {
namespace {

PhantomParameters rigid() {
  PhantomParameters parameters;
  parameters.pose.scale_frac = 0;
  parameters.pose.warp_um = 0;
  return parameters;
}

double root_mean_square(double sum_of_squares, double number) {
  return std::sqrt(sum_of_squares / number);
}

TEST(SessionPose, first_session_is_not_moved) {
  const Position point{3, 4, 5};

  const SessionPose pose = draw_pose({}, {}, 0);

  EXPECT_EQ(pose.apply(point), point);
  EXPECT_EQ(pose.turn(point), point);
  EXPECT_TRUE(describe_transform(pose).warp.empty());
}

TEST(SessionPose, without_scale_and_warp_is_rigid) {
  const SessionPose pose = draw_pose(rigid(), {.animal = 3}, 1);
  const Position a{1, 2, 3};
  const Position b{4, 10, -5};

  EXPECT_NEAR(distance_um(pose.apply(a), pose.apply(b)), distance_um(a, b), 1e-9);
  EXPECT_NEAR(length_um(pose.turn(b)), length_um(b), 1e-9);
  EXPECT_GT(distance_um(pose.apply(a), a), 1e-3);
}

TEST(SessionPose, quarter_turn_takes_x_to_y) {
  const SessionPose pose{
      .centre = {0, 1, 1}, .rotation = {1, 0, 0, 0, 0, 1, 0, -1, 0}, .shift = {0.5, 0, 0}};

  EXPECT_NEAR(distance_um(pose.apply({0, 1, 3}), {0.5, 3, 1}), 0, 1e-12);
}

TEST(SessionPose, every_part_has_the_given_spread) {
  constexpr double degree = std::numbers::pi / 180;
  PhantomParameters parameters;
  parameters.pose.warp_um = 0;
  constexpr int num_sessions = 2000;
  double shift_x = 0;
  double shift_z = 0;
  double turn = 0;
  double tilt_zy = 0;
  double tilt_zx = 0;
  double scale = 0;
  for (std::size_t session = 1; session <= num_sessions; ++session) {
    const SessionPose pose = draw_pose(parameters, {}, session);
    shift_x += pose.shift.x_um * pose.shift.x_um;
    shift_z += pose.shift.z_um * pose.shift.z_um;
    turn += pose.rotation[5] * pose.rotation[5];
    tilt_zy += pose.rotation[1] * pose.rotation[1];
    tilt_zx += pose.rotation[2] * pose.rotation[2];
    scale += (pose.scale - 1) * (pose.scale - 1);
  }

  EXPECT_NEAR(root_mean_square(shift_x, num_sessions), 4, 0.3);
  EXPECT_NEAR(root_mean_square(shift_z, num_sessions), 1.5, 0.1);
  EXPECT_NEAR(root_mean_square(turn, num_sessions), 2 * degree, 0.15 * degree);
  EXPECT_NEAR(root_mean_square(tilt_zy, num_sessions), 1 * degree, 0.08 * degree);
  EXPECT_NEAR(root_mean_square(tilt_zx, num_sessions), 1 * degree, 0.08 * degree);
  EXPECT_NEAR(root_mean_square(scale, num_sessions), 0.005, 0.0004);
}

TEST(SessionPose, large_parameters_of_the_pose_variant_stay_within_the_tissue) {
  PhantomParameters parameters;
  parameters.pose = {.shift_xy_um = 15, .rotation_deg = 8, .tilt_deg = 4, .warp_um = 1};
  const TissueBox tissue = tissue_box(parameters);
  const TissueBox imaged = imaged_box(parameters.design);
  int num_inside = 0;
  constexpr int num_sessions = 500;
  for (std::size_t session = 1; session <= num_sessions; ++session) {
    const SessionPose pose = draw_pose(parameters, {}, session);
    // Where a corner of the image comes from, up to the second order of the small turn.
    const Position from = imaged.low - (pose.apply(imaged.low) - imaged.low);
    num_inside += tissue.contains_in_plane(from);
  }

  EXPECT_GT(num_inside, 0.99 * num_sessions);
}

TEST(DescribeTransform, reproduces_the_pose) {
  const SessionPose pose = draw_pose({}, {.animal = 2}, 3);
  const Position point{7, 20, 30};

  const PhantomTransform transform = describe_transform(pose);

  const auto& m = transform.matrix;
  const Position p = point - transform.centre;
  const Position turned{dot({m[0], m[1], m[2]}, p), dot({m[3], m[4], m[5]}, p),
                        dot({m[6], m[7], m[8]}, p)};
  // The nodes carry cubic B-splines.
  const double step_um = PhantomParameters{}.pose.warp_correlation_um;
  const auto spline = [&](double um) {
    const double t = std::abs(um) / step_um;
    return t < 1 ? (3 * t * t * t - 6 * t * t + 4) / 6 : t < 2 ? std::pow(2 - t, 3) / 6 : 0;
  };
  Position warp;
  for (const PhantomWarpNode& node : transform.warp) {
    const Position d = point - node.position;
    warp = warp + node.displacement * (spline(d.z_um) * spline(d.y_um) * spline(d.x_um));
  }
  const Position moved = transform.centre + turned + transform.shift + warp;
  EXPECT_NEAR(distance_um(moved, pose.apply(point)), 0, 1e-9);
  EXPECT_GT(length_um(warp), 0.01);
}

}  // namespace
}  // namespace bramble
