#include "pipeline/field/shift_refinement.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

// A line of 40 um that runs at `angle` in the plane, with a bend.
Centreline line_at(Position start, double angle) {
  std::vector<Position> nodes;
  for (double s = 0; s <= 40; s += 0.25) {
    const double aside = 2 * std::sin(s / 8);
    nodes.push_back(start + Position{0.05 * s, s * std::sin(angle) + aside * std::cos(angle),
                                     s * std::cos(angle) - aside * std::sin(angle)});
  }
  return Centreline(nodes);
}

SessionLines two_lines(Position shift) {
  return {line_at(Position{5, 10, 5} + shift, 0.2), line_at(Position{8, 5, 40} + shift, 1.4)};
}

TEST(ShiftRefinement, lays_shafts_on_shafts) {
  const Position shift{1.2, -1.7, 2.1};

  const Position found = refine_shift(two_lines({}), two_lines(shift), {});

  EXPECT_NEAR(found.z_um, shift.z_um, 0.02);
  EXPECT_NEAR(found.y_um, shift.y_um, 0.02);
  EXPECT_NEAR(found.x_um, shift.x_um, 0.02);
}

TEST(ShiftRefinement, does_not_slide_a_straight_shaft_along_itself) {
  const Centreline shaft({{5, 10, 0}, {5, 10, 20}, {5, 10, 40}});
  const Centreline moved({{6, 11, 3}, {6, 11, 23}, {6, 11, 43}});

  const Position found = refine_shift({shaft}, {moved}, {0, 0, 1});

  EXPECT_NEAR(found.z_um, 1, 0.01);
  EXPECT_NEAR(found.y_um, 1, 0.01);
  EXPECT_NEAR(found.x_um, 1, 0.01);
}

TEST(ShiftRefinement, is_not_pulled_by_a_shaft_of_one_session_alone) {
  SessionLines session = two_lines({0, 1, 0});
  session.push_back(line_at({5, 14.5, 5}, 0.2));

  const Position found = refine_shift(two_lines({}), session, {0, 0.8, 0});

  EXPECT_NEAR(found.y_um, 1, 0.05);
}

TEST(ShiftRefinement, stays_where_nothing_is_near) {
  const Position start{1, 2, 3};

  EXPECT_EQ(refine_shift(two_lines({}), two_lines({0, 200, 0}), start), start);
  EXPECT_EQ(refine_shift({}, two_lines({}), start), start);
}

TEST(ShiftRefinement, overlap_is_the_part_of_shaft_on_shaft) {
  const SessionLines both = two_lines({});

  EXPECT_DOUBLE_EQ(overlap_frac(both, both, {}), 1);
  EXPECT_NEAR(overlap_frac({both[0]}, both, {}), 0.5, 0.03);
  EXPECT_EQ(overlap_frac(both, both, {0, 0, 500}), 0);
  EXPECT_EQ(overlap_frac(both, {}, {}), 0);
}

}  // namespace
}  // namespace bramble
