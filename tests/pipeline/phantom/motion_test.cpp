#include "pipeline/phantom/motion.hpp"

#include "kernels/core/error.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

constexpr Extent extent{24, 320, 320};
constexpr Spacing spacing{1.0f, 0.1f, 0.1f};
constexpr double axial_sigma_um = 0.807;

StackMotion motion_of(std::vector<PhantomSliceMotion> slices) {
  return {std::move(slices), extent, spacing, axial_sigma_um};
}

StackMotion shifted_evenly(Position shift) {
  return motion_of(std::vector<PhantomSliceMotion>(24, {.shift = shift, .dropped = false}));
}

PhantomParameters with(const PhantomMotion& motion) {
  PhantomParameters parameters;
  parameters.motion = motion;
  parameters.design.extent.z = 512;
  return parameters;
}

TEST(StackMotion, without_motion_points_appear_exactly_where_they_are) {
  const StackMotion still = shifted_evenly({});
  for (const Position p : {Position{3.3, 4.4, 5.5}, Position{-7, -3, 900}, Position{23.4, 31, 0}}) {
    EXPECT_EQ(still.appears_at(p), p);
  }
}

TEST(StackMotion, even_shift_moves_every_point_by_it_inside_and_outside) {
  const StackMotion motion = shifted_evenly({0.2, -0.3, 0.4});
  for (const Position p : {Position{3.3, 4.4, 5.5}, Position{-7, -3, 900}, Position{30, 31, 0}}) {
    EXPECT_LT(distance_um(motion.appears_at(p), p + Position{0.2, -0.3, 0.4}), 1e-4) << p.z_um;
  }
}

TEST(StackMotion, rows_lie_between_their_slice_and_the_next) {
  std::vector<PhantomSliceMotion> slices(24);
  slices[3].shift = {0, 0, 1};
  const StackMotion motion = motion_of(slices);

  EXPECT_EQ(motion.shift_at(3, 0).x_um, 1);
  EXPECT_EQ(motion.shift_at(3, 160).x_um, 0.5);
  EXPECT_EQ(motion.shift_at(2, 160).x_um, 0.5);
  EXPECT_EQ(motion.shift_at(2, -5).x_um, 0);
  EXPECT_EQ(motion.shift_at(-4, 10).x_um, 0);
  EXPECT_EQ(motion.shift_at(99, 10).x_um, 0);
}

TEST(StackMotion, shift_of_tissue_is_the_one_of_the_row_where_it_appears) {
  std::vector<PhantomSliceMotion> slices(24);
  slices[4].shift = {0, 3, 0};
  const StackMotion motion = motion_of(slices);

  const Position shift = motion.shift_of_tissue(3, 10);

  // row = (10 + s) / 0.1 and s = 3 row / 320.
  EXPECT_NEAR(shift.y_um, 3 * 100.0 / 320 / (1 - 3 * 10.0 / 320), 1e-6);
}

TEST(StackMotion, lateral_place_is_that_of_the_slices_that_see_the_point) {
  std::vector<PhantomSliceMotion> slices(24);
  for (std::size_t i = 12; i < 24; ++i) {
    slices[i].shift = {0, 0, 1};
  }
  const StackMotion motion = motion_of(slices);

  EXPECT_NEAR(motion.appears_at({3, 0, 5}).x_um, 5, 1e-3);
  EXPECT_NEAR(motion.appears_at({20, 0, 5}).x_um, 6, 1e-3);
  EXPECT_NEAR(motion.appears_at({11.5, 0, 5}).x_um, 5.5, 0.01);
}

TEST(StackMotion, dropped_slice_does_not_count) {
  std::vector<PhantomSliceMotion> slices(24);
  slices[10] = {.shift = {0, 0, 5}, .dropped = true};
  // Shifts of neighbours run towards that of the dropped slice; the first row has none of it.
  const StackMotion motion = motion_of(slices);

  EXPECT_NEAR(motion.appears_at({10, 0, 5}).x_um, 5, 1e-9);
  EXPECT_NEAR(motion.appears_at({10, 0, 5}).z_um, 10, 1e-9);
  EXPECT_GT(motion.appears_at({10.4, 0, 5}).z_um, 10.45);
}

TEST(StackMotion, no_slices_are_refused) { EXPECT_THROW(motion_of({}), InvalidArgument); }

TEST(DrawMotion, zero_standard_deviations_give_no_motion) {
  const auto slices = draw_motion(with({.shift_sd_xy_um = 0, .shift_sd_z_um = 0, .jump_frac = 0}),
                                  {.animal = 1}, 0);

  for (const PhantomSliceMotion& slice : slices) {
    EXPECT_EQ(slice.shift, Position{});
    EXPECT_FALSE(slice.dropped);
  }
}

TEST(DrawMotion, slices_follow_each_other_with_the_asked_spread) {
  const PhantomParameters parameters = with({.jump_frac = 0});
  double square_z = 0;
  double square_x = 0;
  double product_x = 0;
  int num = 0;
  for (std::uint64_t animal = 0; animal < 40; ++animal) {
    const auto slices = draw_motion(parameters, {.animal = animal}, 1);
    for (std::size_t i = 1; i < slices.size(); ++i) {
      square_z += slices[i].shift.z_um * slices[i].shift.z_um;
      square_x += slices[i].shift.x_um * slices[i].shift.x_um;
      product_x += slices[i].shift.x_um * slices[i - 1].shift.x_um;
      ++num;
    }
  }

  EXPECT_NEAR(std::sqrt(square_z / num), 0.10, 0.003);
  EXPECT_NEAR(std::sqrt(square_x / num), 0.15, 0.005);
  EXPECT_NEAR(product_x / square_x, 0.7, 0.03);
}

TEST(DrawMotion, jumps_stay_in_plane_and_are_as_long_as_asked) {
  const PhantomParameters parameters = with({.shift_sd_xy_um = 0,
                                             .shift_sd_z_um = 0,
                                             .jump_frac = 0.1f,
                                             .jump_sd_um = 0.6f,
                                             .min_jump_um = 2});
  int num_jumps = 0;
  for (const PhantomSliceMotion& slice : draw_motion(parameters, {}, 0)) {
    if (!(slice.shift == Position{})) {
      ++num_jumps;
      EXPECT_EQ(slice.shift.z_um, 0);
      EXPECT_GE(length_um(slice.shift), 2 - 1e-9);
    }
  }

  EXPECT_NEAR(num_jumps, 51, 25);
}

TEST(DrawMotion, first_and_last_slice_are_never_dropped) {
  const auto slices = draw_motion(with({.dropped_frac = 1}), {}, 0);

  EXPECT_FALSE(slices.front().dropped);
  EXPECT_FALSE(slices.back().dropped);
  EXPECT_TRUE(slices[1].dropped);
  EXPECT_TRUE(slices[510].dropped);
}

TEST(DrawMotion, other_session_moves_otherwise) {
  const PhantomParameters parameters = with({});

  EXPECT_NE(draw_motion(parameters, {}, 0)[5].shift.x_um,
            draw_motion(parameters, {}, 1)[5].shift.x_um);
  EXPECT_EQ(draw_motion(parameters, {}, 1)[5].shift.x_um,
            draw_motion(parameters, {}, 1)[5].shift.x_um);
}

}  // namespace
}  // namespace bramble
