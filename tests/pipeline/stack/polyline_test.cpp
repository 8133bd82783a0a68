#include "pipeline/stack/polyline.hpp"

#include "kernels/core/error.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace bramble {
namespace {

TEST(Polyline, lengths_add_up) {
  const std::vector<Position> points{{0, 0, 0}, {0, 3, 4}, {2, 3, 4}};

  EXPECT_EQ(path_lengths_um(points), (std::vector<double>{0, 5, 7}));
  EXPECT_EQ(polyline_length_um(points), 7);
  EXPECT_EQ(polyline_length_um({}), 0);
}

TEST(Polyline, resampled_points_are_equally_far_apart_and_keep_the_ends) {
  const std::vector<Position> points{{0, 0, 0}, {0, 0, 0.3}, {0, 0, 5}};

  const std::vector<Position> result = resample(points, 1.0);

  ASSERT_EQ(result.size(), 6u);
  EXPECT_EQ(result.front(), points.front());
  EXPECT_EQ(result.back(), points.back());
  for (std::size_t i = 1; i < result.size(); ++i) {
    EXPECT_NEAR(result[i].x_um - result[i - 1].x_um, 1.0, 1e-12);
  }
}

TEST(Polyline, single_or_repeated_point_gives_one) {
  EXPECT_EQ(resample({{1, 2, 3}}, 0.5).size(), 1u);
  EXPECT_EQ(resample({{1, 2, 3}, {1, 2, 3}}, 0.5).size(), 1u);
  EXPECT_THROW(resample({}, 0.5), InvalidArgument);
}

TEST(Polyline, smoothing_keeps_straight_lines_and_ends) {
  std::vector<Position> line;
  for (int i = 0; i <= 40; ++i) {
    line.push_back({0.1 * i, 0.2 * i, 0.3 * i});
  }

  const std::vector<Position> result = smooth(line, 0.37, {.sigma_z_um = 2, .sigma_xy_um = 1});

  for (std::size_t i = 0; i < line.size(); ++i) {
    EXPECT_NEAR(distance_um(result[i], line[i]), 0, 1e-9);
  }
}

TEST(Polyline, smoothing_takes_the_zigzag_out_of_a_length) {
  std::vector<Position> zigzag;
  for (int i = 0; i <= 400; ++i) {
    zigzag.push_back({0, i % 2 == 0 ? 0.0 : 0.1, 0.1 * i});
  }

  EXPECT_GT(polyline_length_um(zigzag), 1.3 * 40);
  EXPECT_NEAR(polyline_length_um(smooth(zigzag, 0.14, {.sigma_z_um = 1, .sigma_xy_um = 1})), 40,
              0.4);
}

TEST(Polyline, median_along_drops_an_outlier) {
  std::vector<double> values(21, 2.0);
  values[10] = 50;

  for (const double value : median_along(values, 0.5, 1.0)) {
    EXPECT_EQ(value, 2.0);
  }
}

TEST(Polyline, smooth_along_keeps_a_constant) {
  for (const double value : smooth_along(std::vector<double>(7, 3.0), 0.25, 1.0)) {
    EXPECT_NEAR(value, 3.0, 1e-12);
  }
}

TEST(Polyline, tangents_are_unit_vectors_along_the_curve) {
  const std::vector<Position> points{{0, 0, 0}, {0, 1, 1}, {0, 2, 2}};

  for (const Position t : tangents(points, 1)) {
    EXPECT_NEAR(t.y_um, std::numbers::sqrt2 / 2, 1e-12);
    EXPECT_NEAR(t.x_um, std::numbers::sqrt2 / 2, 1e-12);
  }
}

}  // namespace
}  // namespace bramble
