#include "pipeline/phantom/session_pose.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

TEST(SessionPose, first_session_is_not_moved) {
  const Position point{3, 4, 5};

  const Position moved = draw_pose({}, {}, 0).apply(point);

  EXPECT_EQ(moved, point);
}

TEST(SessionPose, is_rigid_and_keeps_the_optical_axis) {
  const SessionPose pose = draw_pose({}, {.animal = 3}, 1);
  const Position a{1, 2, 3};
  const Position b{4, 10, -5};

  EXPECT_NEAR(distance_um(pose.apply(a), pose.apply(b)), distance_um(a, b), 1e-9);
  EXPECT_NEAR(pose.apply(b).z_um - pose.apply(a).z_um, 3, 1e-9);
  EXPECT_GT(distance_um(pose.apply(a), a), 1e-3);
}

TEST(SessionPose, quarter_turn_takes_x_to_y) {
  const SessionPose pose{.centre = {0, 1, 1}, .cosine = 0, .sine = 1, .shift = {0.5, 0, 0}};

  EXPECT_NEAR(distance_um(pose.apply({0, 1, 3}), {0.5, 3, 1}), 0, 1e-12);
}

TEST(SessionPose, shift_has_the_given_spread) {
  const PhantomParameters parameters{.session_shift_um = 2};
  double sum_of_squares_x = 0;
  double sum_of_squares_z = 0;
  constexpr int num_sessions = 2000;
  for (std::size_t session = 1; session <= num_sessions; ++session) {
    const Position shift = draw_pose(parameters, {}, session).shift;
    sum_of_squares_x += shift.x_um * shift.x_um;
    sum_of_squares_z += shift.z_um * shift.z_um;
  }

  EXPECT_NEAR(std::sqrt(sum_of_squares_x / num_sessions), 2, 0.16);
  EXPECT_NEAR(std::sqrt(sum_of_squares_z / num_sessions), 0.75, 0.06);
}

}  // namespace
}  // namespace bramble
