#include "io/canvas.hpp"

#include "kernels/core/error.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

constexpr Color white{1, 1, 1};

double light_of(const Canvas& canvas) {
  double sum = 0;
  for (int y = 0; y < canvas.height(); ++y) {
    for (int x = 0; x < canvas.width(); ++x) {
      sum += canvas.pixel(y, x).green;
    }
  }
  return sum;
}

TEST(Canvas, line_of_two_pixels_fills_two_rows) {
  Canvas canvas(6, 6);

  canvas.draw_polyline({{2.5, -5}, {2.5, 20}}, {.color = white, .width_px = 2, .opacity = 1});

  EXPECT_EQ(canvas.pixel(1, 3).red, 0);
  EXPECT_EQ(canvas.pixel(2, 3).red, 1);
  EXPECT_EQ(canvas.pixel(3, 3).red, 1);
  EXPECT_EQ(canvas.pixel(4, 3).red, 0);
  EXPECT_EQ(light_of(canvas), 12);
}

TEST(Canvas, slanted_line_covers_its_area) {
  Canvas canvas(100, 100);

  canvas.draw_polyline({{10, 10}, {70, 90}}, {.color = white, .width_px = 3, .opacity = 1});

  // 100 pixels long and 3 wide, with a half disc at each end; antialiasing keeps the area within 1
  // %.
  EXPECT_NEAR(light_of(canvas), 300 + 2.25 * M_PI, 3);
}

TEST(Canvas, joints_of_a_line_are_not_more_opaque) {
  Canvas canvas(9, 9);

  canvas.draw_polyline({{4, 0}, {4, 4}, {4, 8}}, {.color = white, .width_px = 2, .opacity = 0.5f});

  EXPECT_FLOAT_EQ(canvas.pixel(4, 4).red, 0.5f);
  EXPECT_FLOAT_EQ(canvas.pixel(4, 2).red, 0.5f);
}

TEST(Canvas, dot_covers_the_area_of_a_disc) {
  Canvas canvas(41, 41);

  canvas.draw_dot({20, 20}, 10, white, 1);

  EXPECT_NEAR(light_of(canvas), M_PI * 100, 3);
}

TEST(Canvas, circle_leaves_its_inside_empty) {
  Canvas canvas(41, 41);

  canvas.draw_circle({20, 20}, 10, {.color = white, .width_px = 2, .opacity = 1});

  EXPECT_EQ(canvas.pixel(20, 20).red, 0);
  EXPECT_EQ(canvas.pixel(20, 30).red, 1);
  EXPECT_NEAR(light_of(canvas), 2 * M_PI * 10 * 2, 3);
}

TEST(Canvas, shapes_beyond_the_border_or_nowhere_draw_nothing) {
  Canvas canvas(5, 5);

  canvas.draw_dot({-50, 2}, 3, white, 1);
  canvas.draw_dot({std::nan(""), 2}, 3, white, 1);
  canvas.draw_polyline({{1, std::nan("")}, {2, 2}}, {.color = white});
  canvas.draw_polyline({}, {.color = white});
  canvas.draw_polyline({{2, 2}}, {.color = white});

  EXPECT_EQ(light_of(canvas), 0);
}

TEST(Canvas, colours_become_bytes_in_rows) {
  Canvas canvas(1, 2);
  canvas.pixel(0, 0) = {1, 0.5f, 0};
  canvas.pixel(0, 1) = {2, -1, 0.2f};

  EXPECT_EQ(canvas.to_rgb8(), (std::vector<std::uint8_t>{255, 128, 0, 255, 0, 51}));
}

TEST(Canvas, picture_without_pixels_is_refused) { EXPECT_THROW(Canvas(0, 4), InvalidArgument); }

}  // namespace
}  // namespace bramble
