#include "pipeline/stack/course.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

std::vector<CoursePoint> points_of(const std::vector<double>& values, double variance) {
  std::vector<CoursePoint> points;
  for (std::size_t i = 0; i < values.size(); ++i) {
    points.push_back({static_cast<double>(i), values[i], variance});
  }
  return points;
}

TEST(Course, drift_is_the_course_and_nothing_is_off_it) {
  std::vector<double> drift;
  for (int i = 0; i < 30; ++i) {
    drift.push_back(0.4 * i - 3);
  }

  for (const double off : off_course(points_of(drift, 1e-4))) {
    EXPECT_NEAR(off, 0, 1e-9);
  }
}

TEST(Course, one_jump_on_a_drift_is_found_alone) {
  std::vector<double> values;
  for (int i = 0; i < 21; ++i) {
    values.push_back(0.1 * i + (i == 10 ? 2 : 0));
  }

  const std::vector<double> off = off_course(points_of(values, 1e-3));

  EXPECT_NEAR(off[10], 2, 0.02);
  EXPECT_NEAR(off[9], 0, 1e-6);
  EXPECT_NEAR(off[11], 0, 1e-6);
}

TEST(Course, jitter_no_larger_than_its_error_is_not_believed) {
  std::vector<double> values;
  for (int i = 0; i < 25; ++i) {
    values.push_back(i % 2 == 0 ? 0.05 : -0.05);
  }

  const std::vector<double> believed = off_course(points_of(values, 1e-4));
  const std::vector<double> doubted = off_course(points_of(values, 1e-2));

  EXPECT_NEAR(believed[12], 0.05, 0.01);
  EXPECT_EQ(doubted[12], 0);
}

TEST(Course, no_point_and_one_point_are_on_course) {
  EXPECT_TRUE(off_course({}).empty());
  EXPECT_EQ(off_course(points_of({4}, 0.01)), std::vector<double>{0});
}

}  // namespace
}  // namespace bramble
