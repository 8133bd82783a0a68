#include "pipeline/phantom/render.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace bramble {
namespace {

// 4 x 4 x 4 um, the spacing of the phantom's fine grid.
FineGrid small_grid() {
  return {.extent = {33, 81, 81}, .spacing = {0.125f, 0.05f, 0.05f}, .origin = {}};
}

double drawn_volume_um3(const DyedCell& cell) {
  const FineGrid grid = small_grid();
  OccupancyRow row(grid);
  double sum = 0;
  for (int y = 0; y < grid.extent.y; ++y) {
    row.draw(cell, y);
    for (int z = 0; z < grid.extent.z; ++z) {
      for (int x = 0; x < grid.extent.x; ++x) {
        sum += row.plane(z)[x];
      }
    }
  }
  return sum * 0.125 * 0.05 * 0.05;
}

DyedCell ball(double diameter_um, Position centre) {
  return {.capsules = {},
          .spheroids = {{.centre = centre,
                         .axis = {0, 0, 1},
                         .axial_radius_um = 0.5 * diameter_um,
                         .transverse_radius_um = 0.5 * diameter_um}}};
}

double ball_volume_um3(double diameter_um) {
  return std::numbers::pi / 6 * std::pow(diameter_um, 3);
}

TEST(OccupancyRow, is_1_inside_and_0_outside) {
  OccupancyRow row(small_grid());

  row.draw(ball(2.0, {2, 2, 2}), 40);

  EXPECT_NEAR(row.plane(16)[40], 1, 0.01);
  EXPECT_EQ(row.plane(16)[10], 0);
  EXPECT_EQ(row.plane(4)[40], 0);
  EXPECT_NEAR(row.plane(16)[20], 0.5, 0.01);  // on the surface, 1 um from the centre
}

TEST(OccupancyRow, draws_nothing_where_the_cell_is_not) {
  OccupancyRow row(small_grid());
  row.draw(ball(2.0, {2, 2, 2}), 40);

  row.draw(ball(2.0, {2, 2, 2}), 2);

  EXPECT_GE(row.first_plane(), row.end_plane());
  EXPECT_EQ(row.plane(16)[40], 0);  // what was there before is gone
}

TEST(OccupancyRow, ball_has_its_volume_at_any_size_and_any_place_between_the_planes) {
  for (const double diameter_um : {0.25, 0.3, 0.5, 0.8, 1.2}) {
    for (const double phase_um : {0.0, 0.03, 0.0625}) {
      const double volume = drawn_volume_um3(ball(diameter_um, {2 + phase_um, 2.01, 2.02}));

      EXPECT_NEAR(volume / ball_volume_um3(diameter_um), 1, 0.03)
          << diameter_um << " at " << phase_um;
    }
  }
}

TEST(OccupancyRow, elongated_head_has_the_volume_of_its_axes) {
  const Position axis = Position{1, 2, 2} * (1.0 / 3);
  const DyedCell cell{.capsules = {},
                      .spheroids = {{.centre = {2, 2, 2},
                                     .axis = axis,
                                     .axial_radius_um = 0.6,
                                     .transverse_radius_um = 0.3}}};

  const double volume = drawn_volume_um3(cell);

  EXPECT_NEAR(volume / (4.0 / 3 * std::numbers::pi * 0.6 * 0.3 * 0.3), 1, 0.03);
}

// Cylinder plus two half balls at its ends. A neck of 0.1 um is thinner than the planes are apart.
TEST(OccupancyRow, capsule_has_its_volume_in_any_direction) {
  const Position centre{2.03, 2.01, 2.02};
  for (const double diameter_um : {0.1, 0.2, 0.5, 0.8}) {
    for (const Position direction :
         {Position{0, 0, 1}, Position{0, 0.6, 0.8}, Position{0.6, 0, 0.8}, Position{1, 0, 0}}) {
      const Capsule capsule{centre - direction, centre + direction, 0.5 * diameter_um,
                            0.5 * diameter_um};
      const double cross_section_um2 = std::numbers::pi / 4 * diameter_um * diameter_um;

      const double volume = drawn_volume_um3({.capsules = {capsule}, .spheroids = {}});

      // Round ends of a body that is drawn thicker than it is are longer: up to a plane's distance
      // at each end.
      const double expected = 2 * cross_section_um2 + ball_volume_um3(diameter_um);
      EXPECT_NEAR(volume / expected, 1, diameter_um < 0.25 ? 0.07 : 0.03)
          << diameter_um << " along z " << direction.z_um << ", y " << direction.y_um;
    }
  }
}

TEST(OccupancyRow, tapered_capsule_lies_between_its_ends) {
  const Capsule capsule{{2, 2, 0.5}, {2, 2, 3.5}, 0.6, 0.2};
  OccupancyRow row(small_grid());

  row.draw({.capsules = {capsule}, .spheroids = {}}, 40 + 8);  // 0.4 um beside the axis

  EXPECT_GT(row.plane(16)[15], 0.9);
  EXPECT_EQ(row.plane(16)[65], 0);
}

TEST(OccupancyRow, overlap_counts_once) {
  const DyedCell one = ball(0.8, {2, 2, 2});
  DyedCell two = one;
  two.spheroids.push_back(two.spheroids[0]);

  EXPECT_EQ(drawn_volume_um3(two), drawn_volume_um3(one));
}

}  // namespace
}  // namespace bramble
