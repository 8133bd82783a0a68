#include "pipeline/phantom/render.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bramble {
namespace {

// The spacing of the phantom's fine grid, and a box of 4 x 4 x 4 um in it.
constexpr FineGrid grid{.spacing = {0.125f, 0.05f, 0.05f}, .origin = {}};
constexpr FineBox box{.first_plane = 0, .end_plane = 33, .first_column = 0, .end_column = 81};
constexpr int num_rows = 81;

std::vector<FinePart> parts_of(const DyedBody& body) {
  std::vector<FinePart> parts;
  append_parts(grid, body, parts);
  return parts;
}

OccupancyRow draw_row(const std::vector<FinePart>& parts, int row) {
  OccupancyRow occupancy(grid);
  occupancy.start(row, box);
  for (const FinePart& part : parts) {
    occupancy.draw(part);
  }
  return occupancy;
}

double drawn_volume_um3(const DyedBody& body) {
  const std::vector<FinePart> parts = parts_of(body);
  double sum = 0;
  for (int y = 0; y < num_rows; ++y) {
    const OccupancyRow occupancy = draw_row(parts, y);
    for (int z = 0; z < box.end_plane; ++z) {
      for (int x = 0; x < box.end_column; ++x) {
        sum += occupancy.plane(z)[x];
      }
    }
  }
  return sum * 0.125 * 0.05 * 0.05;
}

DyedBody ball(double diameter_um, Position centre) {
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
  const OccupancyRow row = draw_row(parts_of(ball(2.0, {2, 2, 2})), 40);

  EXPECT_NEAR(row.plane(16)[40], 1, 0.01);
  EXPECT_EQ(row.plane(16)[10], 0);
  EXPECT_EQ(row.plane(4)[40], 0);
  EXPECT_NEAR(row.plane(16)[20], 0.5, 0.01);  // on the surface, 1 um from the centre
}

TEST(OccupancyRow, draws_nothing_where_the_body_is_not) {
  const std::vector<FinePart> parts = parts_of(ball(2.0, {2, 2, 2}));
  OccupancyRow row = draw_row(parts, 40);

  row.start(2, box);  // what was there before is gone
  row.draw(parts.front());

  EXPECT_EQ(row.plane(16)[40], 0);
}

TEST(OccupancyRow, box_cuts_out_a_part_of_the_row) {
  const std::vector<FinePart> parts = parts_of(ball(2.0, {2, 2.013, 2.021}));
  const OccupancyRow whole = draw_row(parts, 47);
  const FineBox middle{.first_plane = 10, .end_plane = 21, .first_column = 33, .end_column = 52};
  OccupancyRow cut(grid);

  cut.start(47, middle);
  cut.draw(parts.front());

  for (int z = middle.first_plane; z < middle.end_plane; ++z) {
    for (int x = middle.first_column; x < middle.end_column; ++x) {
      EXPECT_NEAR(cut.plane(z)[x - middle.first_column], whole.plane(z)[x], 1e-5) << z << " " << x;
    }
  }
}

TEST(OccupancyRow, draws_at_negative_indices_too) {
  const FineBox before{.first_plane = -25, .end_plane = -6, .first_column = -60, .end_column = -20};
  OccupancyRow row(grid);

  row.start(-40, before);
  row.draw(parts_of(ball(1.0, {-2, -2, -2})).front());

  EXPECT_NEAR(row.plane(-16)[-40 - before.first_column], 1, 0.01);
  EXPECT_EQ(row.plane(-16)[-22 - before.first_column], 0);
}

TEST(OccupancyRow, subtraction_leaves_what_was_added) {
  const OccupancyRow before = draw_row(parts_of(ball(1.0, {2, 2, 2})), 40);
  OccupancyRow after = before;

  after.draw(parts_of(ball(1.0, {2, 2, 2.5})).front());
  after.subtract(before);

  EXPECT_NEAR(after.plane(16)[55], 1, 0.01);
  EXPECT_EQ(after.plane(16)[43], 0);  // in both balls
}

TEST(FinePart, touches_nothing_outside_its_bounds) {
  const Capsule capsule{{1.2, 1.0, 0.7}, {2.6, 2.9, 3.1}, 0.3, 0.15};
  const FinePart part(grid, capsule);

  for (int y = 0; y < num_rows; ++y) {
    const OccupancyRow row = draw_row({part}, y);
    const bool inside_rows = y >= part.bounds().first_row && y < part.bounds().end_row;
    const FineBox touched = part.box_in(grid, y);
    for (int z = 0; z < box.end_plane; ++z) {
      for (int x = 0; x < box.end_column; ++x) {
        // The signed distance from the capsule, over the longest edge of a cell.
        const Position p{z * 0.125, y * 0.05, x * 0.05};
        const Position line = capsule.to - capsule.from;
        const double t = std::clamp(dot(p - capsule.from, line) / dot(line, line), 0.0, 1.0);
        const double off = distance_um(p, capsule.from + line * t) - (0.3 - 0.15 * t);
        const bool in_box = z >= touched.first_plane && z < touched.end_plane &&
                            x >= touched.first_column && x < touched.end_column;
        if (off < -0.0625) {
          EXPECT_GT(row.plane(z)[x], 0.9) << z << " " << y << " " << x;
        }
        if (row.plane(z)[x] > 0) {
          EXPECT_TRUE(inside_rows && in_box) << z << " " << y << " " << x;
          EXPECT_LT(off, 0.0626);
        }
      }
    }
  }
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
  const DyedBody body{.capsules = {},
                      .spheroids = {{.centre = {2, 2, 2},
                                     .axis = axis,
                                     .axial_radius_um = 0.6,
                                     .transverse_radius_um = 0.3}}};

  const double volume = drawn_volume_um3(body);

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

  // 0.4 um beside the axis.
  const OccupancyRow row = draw_row(parts_of({.capsules = {capsule}, .spheroids = {}}), 40 + 8);

  EXPECT_GT(row.plane(16)[15], 0.9);
  EXPECT_EQ(row.plane(16)[65], 0);
}

TEST(OccupancyRow, overlap_counts_once) {
  const DyedBody one = ball(0.8, {2, 2, 2});
  DyedBody two = one;
  two.spheroids.push_back(two.spheroids[0]);

  EXPECT_EQ(drawn_volume_um3(two), drawn_volume_um3(one));
}

TEST(FineBoxes, intersect_and_enclose) {
  const FineBox a{0, 5, 10, 20};
  const FineBox b{3, 9, 15, 30};

  EXPECT_EQ(intersection(a, b).first_plane, 3);
  EXPECT_EQ(intersection(a, b).end_column, 20);
  EXPECT_EQ(hull(a, b).end_plane, 9);
  EXPECT_EQ(hull(a, b).first_column, 10);
  EXPECT_TRUE(intersection(a, {5, 9, 10, 20}).empty());
}

}  // namespace
}  // namespace bramble
