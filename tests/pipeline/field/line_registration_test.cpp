#include "pipeline/field/line_registration.hpp"

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

TEST(LineRegistration, lays_shafts_on_shafts) {
  const Position shift{1.2, -1.7, 2.1};

  const Position found = register_lines(two_lines({}), two_lines(shift), {}).shift();

  EXPECT_NEAR(found.z_um, shift.z_um, 0.02);
  EXPECT_NEAR(found.y_um, shift.y_um, 0.02);
  EXPECT_NEAR(found.x_um, shift.x_um, 0.02);
}

TEST(LineRegistration, does_not_slide_a_straight_shaft_along_itself) {
  const Centreline shaft({{5, 10, 0}, {5, 10, 20}, {5, 10, 40}});
  const Centreline moved({{6, 11, 3}, {6, 11, 23}, {6, 11, 43}});

  const Position found = register_lines({shaft}, {moved}, {0, 0, 1}).shift();

  EXPECT_NEAR(found.z_um, 1, 0.01);
  EXPECT_NEAR(found.y_um, 1, 0.01);
  EXPECT_NEAR(found.x_um, 1, 0.01);
}

TEST(LineRegistration, is_not_pulled_by_a_shaft_of_one_session_alone) {
  SessionLines session = two_lines({0, 1, 0});
  session.push_back(line_at({5, 14.5, 5}, 0.2));

  const Position found = register_lines(two_lines({}), session, {0, 0.8, 0}).shift();

  EXPECT_NEAR(found.y_um, 1, 0.1);
}

// Turned by 2 degrees about the optical axis and tilted by 3 degrees about y, 60 um from side to
// side.
TEST(LineRegistration, follows_a_turn_and_a_tilt) {
  const SessionTransform truth({0.5, -1, 1.5}, {{0, 0, 0.05}, {0, 0, 0.035}, {0, -0.035, 0}},
                               {6, 20, 30});
  const SessionLines reference{line_at({5, 10, 5}, 0.2), line_at({8, 5, 40}, 1.4),
                               line_at({3, 40, 10}, -0.4)};
  SessionLines session;
  for (const Centreline& line : reference) {
    std::vector<Position> nodes = line.nodes();
    for (Position& node : nodes) {
      node = truth.to_session(node);
    }
    session.push_back(Centreline(nodes));
  }

  const SessionTransform found = register_lines(reference, session, {0, -0.5, 1});

  for (const Position place : {Position{5, 10, 5}, Position{8, 40, 50}, Position{3, 30, 45}}) {
    const Position wanted = truth.to_session(place);
    const Position got = found.to_session(place);
    EXPECT_NEAR(got.z_um, wanted.z_um, 0.2);
    EXPECT_NEAR(got.y_um, wanted.y_um, 0.1);
    EXPECT_NEAR(got.x_um, wanted.x_um, 0.1);
  }
}

TEST(SessionTransform, there_and_back_is_the_same_place) {
  const SessionTransform transform(
      {1, -2, 3}, {{0.01, 0.02, -0.03}, {0, 0.05, 0.04}, {-0.02, -0.04, 0.01}}, {5, 20, 30});
  const Position place{7, 60, -20};

  EXPECT_LT(distance_um(transform.to_reference(transform.to_session(place)), place), 1e-12);
  EXPECT_EQ(transform.to_session({5, 20, 30}), (Position{6, 18, 33}));
  EXPECT_EQ(SessionTransform().to_session(place), place);
}

TEST(LineRegistration, stays_where_nothing_is_near) {
  const Position start{1, 2, 3};

  EXPECT_EQ(register_lines(two_lines({}), two_lines({0, 200, 0}), start).shift(), start);
  EXPECT_EQ(register_lines({}, two_lines({}), start).shift(), start);
}

TEST(LineRegistration, overlap_is_the_part_of_shaft_on_shaft) {
  const SessionLines both = two_lines({});

  EXPECT_DOUBLE_EQ(overlap_frac(both, both, SessionTransform()), 1);
  EXPECT_NEAR(overlap_frac({both[0]}, both, SessionTransform()), 0.5, 0.03);
  EXPECT_EQ(overlap_frac(both, both, SessionTransform({0, 0, 500})), 0);
  EXPECT_EQ(overlap_frac(both, {}, SessionTransform()), 0);
}

}  // namespace
}  // namespace bramble
