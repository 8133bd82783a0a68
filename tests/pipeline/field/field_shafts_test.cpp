#include "pipeline/field/field_shafts.hpp"

#include "pipeline/field/traced_shaft.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

struct Ends {
  double from_um = 0;
  double to_um = 0;
};

// A line along x at height y, with a node every 0.25 um.
Centreline along_x(double y_um, Ends ends) {
  std::vector<Position> nodes;
  for (double x_um = ends.from_um; x_um <= ends.to_um; x_um += 0.25) {
    nodes.push_back({5, y_um, x_um});
  }
  return Centreline(nodes);
}

// The same up to x = 20, then to the lower (positive slope) or upper side.
Centreline forked(double slope, Ends ends) {
  std::vector<Position> nodes;
  for (double x_um = ends.from_um; x_um <= ends.to_um; x_um += 0.25) {
    nodes.push_back({5, 20 + slope * std::max(x_um - 20, 0.0), x_um});
  }
  return Centreline(nodes);
}

// The shaft of a stretch by session and dendrite, where that dendrite has only one stretch; -1
// otherwise.
int shaft_of(const FieldShafts& shafts, int session, int dendrite) {
  int shaft = -1;
  int count = 0;
  for (const ShaftStretch& stretch : shafts.stretches) {
    if (stretch.session == session && stretch.dendrite == dendrite) {
      shaft = stretch.shaft;
      ++count;
    }
  }
  return count == 1 ? shaft : -1;
}

TEST(FieldShafts, same_dendrite_is_one_shaft) {
  const FieldShafts shafts = match_dendrites({{along_x(10, {0, 40})}, {along_x(10.8, {2, 41})}}, 0);

  ASSERT_EQ(shafts.lines.size(), 1u);
  EXPECT_EQ(shaft_of(shafts, 0, 0), 0);
  EXPECT_EQ(shaft_of(shafts, 1, 0), 0);
}

TEST(FieldShafts, neighbours_stay_apart) {
  const FieldShafts shafts = match_dendrites({{along_x(10, {0, 40}), along_x(11.4, {0, 30})},
                                              {along_x(10.2, {0, 39}), along_x(11.6, {0, 31})}},
                                             0);

  ASSERT_EQ(shafts.lines.size(), 2u);
  EXPECT_EQ(shaft_of(shafts, 0, 0), shaft_of(shafts, 1, 0));
  EXPECT_EQ(shaft_of(shafts, 0, 1), shaft_of(shafts, 1, 1));
  EXPECT_NE(shaft_of(shafts, 0, 0), shaft_of(shafts, 0, 1));
}

TEST(FieldShafts, crossing_dendrites_stay_apart) {
  std::vector<Position> nodes;
  for (double y_um = 0; y_um <= 30; y_um += 0.25) {
    nodes.push_back({5, y_um, 20});
  }

  const FieldShafts shafts = match_dendrites({{along_x(10, {0, 40})}, {Centreline(nodes)}}, 0);

  EXPECT_EQ(shafts.lines.size(), 2u);
  EXPECT_EQ(shaft_of(shafts, 1, 0), 1);
}

TEST(FieldShafts, dendrite_traced_further_makes_the_shaft_longer) {
  const FieldShafts shafts =
      match_dendrites({{along_x(10, {10, 40})}, {along_x(10.5, {5, 36})}}, 0);

  ASSERT_EQ(shafts.lines.size(), 1u);
  EXPECT_NEAR(shafts.lines[0].length_um(), 35, 0.5);
  EXPECT_EQ(shaft_of(shafts, 1, 0), 0);
}

// One session follows the lower branch through the fork, the other the upper one.
TEST(FieldShafts, fork_traced_another_way_keeps_its_three_parts_together) {
  const SessionLines first{forked(0.7, {0, 50}), forked(-0.7, {21, 45})};
  const SessionLines second{forked(-0.7, {0, 46}), forked(0.7, {21, 49})};

  const FieldShafts shafts = match_dendrites({first, second}, 0);

  ASSERT_EQ(shafts.lines.size(), 2u);
  const int lower = shaft_of(shafts, 0, 0);
  const int upper = shaft_of(shafts, 0, 1);
  EXPECT_EQ(shaft_of(shafts, 1, 1), lower);
  ASSERT_EQ(shaft_of(shafts, 1, 0), -1);
  std::vector<int> through_the_fork;
  for (const ShaftStretch& stretch : shafts.stretches) {
    if (stretch.session == 1 && stretch.dendrite == 0) {
      through_the_fork.push_back(stretch.shaft);
    }
  }
  std::sort(through_the_fork.begin(), through_the_fork.end());
  EXPECT_EQ(through_the_fork, (std::vector<int>{std::min(lower, upper), std::max(lower, upper)}));
}

TEST(FieldShafts, every_node_is_on_one_shaft) {
  const std::vector<SessionLines> sessions{{forked(0.7, {0, 50}), forked(-0.7, {21, 45})},
                                           {forked(-0.7, {0, 46})}};

  const FieldShafts shafts = match_dendrites(sessions, 0);

  for (std::size_t session = 0; session < sessions.size(); ++session) {
    for (std::size_t dendrite = 0; dendrite < sessions[session].size(); ++dendrite) {
      std::size_t next = 0;
      std::vector<ShaftStretch> own;
      for (const ShaftStretch& stretch : shafts.stretches) {
        if (stretch.session == static_cast<int>(session) &&
            stretch.dendrite == static_cast<int>(dendrite)) {
          own.push_back(stretch);
        }
      }
      std::sort(own.begin(), own.end(),
                [](const auto& a, const auto& b) { return a.first_node < b.first_node; });
      for (const ShaftStretch& stretch : own) {
        EXPECT_EQ(stretch.first_node, next);
        next = stretch.last_node + 1;
      }
      EXPECT_EQ(next, sessions[session][dendrite].size());
    }
  }
}

TEST(FieldShafts, empty_lines_and_no_lines_are_left_out) {
  EXPECT_TRUE(match_dendrites({{}, {}}, 0).lines.empty());
  EXPECT_TRUE(match_dendrites({{Centreline()}}, 0).lines.empty());
}

TracedShaft with_windows(std::vector<PathWindow> windows) {
  return {.nodes = {}, .windows = std::move(windows)};
}

TEST(TracedShaft, common_length_is_what_all_sessions_show) {
  EXPECT_DOUBLE_EQ(common_length_um({with_windows({{0, 10}, {12, 30}}), with_windows({{5, 20}})}),
                   13);
  EXPECT_DOUBLE_EQ(common_length_um({with_windows({{0, 10}}), with_windows({})}), 0);
  EXPECT_DOUBLE_EQ(common_length_um({}), 0);
}

}  // namespace
}  // namespace bramble
