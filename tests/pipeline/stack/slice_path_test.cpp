#include "pipeline/stack/slice_path.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace bramble {
namespace {

// All steps between slices one and two apart of a path, equally good.
std::vector<SliceStep> steps_of(const std::vector<PlanePosition>& path) {
  std::vector<SliceStep> steps;
  const int size = static_cast<int>(path.size());
  for (int from = 0; from < size; ++from) {
    for (int to = from + 1; to < std::min(size, from + 3); ++to) {
      const PlanePosition a = path[static_cast<std::size_t>(from)];
      const PlanePosition b = path[static_cast<std::size_t>(to)];
      steps.push_back({.from = from,
                       .to = to,
                       .y_um = b.y_um - a.y_um,
                       .x_um = b.x_um - a.x_um,
                       .information = {1600, 0, 1600},
                       .correlation = 0.5f});
    }
  }
  return steps;
}

// Drift in x, a jump of one slice in y.
std::vector<PlanePosition> drift_with_jump() {
  std::vector<PlanePosition> path;
  for (int i = 0; i < 20; ++i) {
    path.push_back({i == 8 ? 1.6 : 0.0, 0.3 * i});
  }
  return path;
}

TEST(SlicePath, finds_the_jump_and_leaves_the_drift) {
  const SlicePath path = slice_path(steps_of(drift_with_jump()), 20);

  EXPECT_NEAR(path.shifts[8].y_um, 1.6, 0.05);
  EXPECT_NEAR(path.shifts[7].y_um, 0, 0.02);
  for (const PlanePosition& shift : path.shifts) {
    EXPECT_NEAR(shift.x_um, 0, 1e-3);
  }
  EXPECT_EQ(path.confidence[8], 0.5f);
}

TEST(SlicePath, one_wrong_step_does_not_bend_the_path) {
  std::vector<SliceStep> steps = steps_of(std::vector<PlanePosition>(20));
  steps[11].y_um = 0.9;

  const SlicePath path = slice_path(steps, 20);

  for (const PlanePosition& shift : path.shifts) {
    EXPECT_NEAR(shift.y_um, 0, 0.1);
  }
}

TEST(SlicePath, a_place_that_never_comes_back_is_another_structure) {
  std::vector<PlanePosition> broken(20);
  std::for_each(broken.begin() + 10, broken.end(), [](PlanePosition& p) { p.y_um = 4; });

  const SlicePath path = slice_path(steps_of(broken), 20);

  for (const PlanePosition& shift : path.shifts) {
    EXPECT_NEAR(shift.y_um, 0, 1e-3);
  }
}

TEST(SlicePath, slices_without_steps_stay) {
  std::vector<SliceStep> steps = steps_of({{0, 0}, {1, 0}, {0, 0}});

  const SlicePath path = slice_path(steps, 9);

  EXPECT_EQ(path.shifts.size(), 9u);
  EXPECT_EQ(path.shifts[1].y_um, 0);
  EXPECT_EQ(path.confidence[8], 0);
  EXPECT_TRUE(slice_path({}, 0).shifts.empty());
}

TEST(ConfirmedSteps, a_large_step_needs_the_way_round) {
  const std::vector<SliceStep> confirmed = steps_of(drift_with_jump());
  std::vector<SliceStep> alone{confirmed[16]};

  EXPECT_EQ(confirmed_steps(confirmed).size(), confirmed.size());
  ASSERT_GT(std::abs(alone[0].y_um), 1);
  EXPECT_TRUE(confirmed_steps(alone).empty());
}

}  // namespace
}  // namespace bramble
