#include "io/overlay.hpp"

#include "kernels/core/error.hpp"
#include "tests/io/example_records.hpp"
#include "tests/io/picture.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

Picture overlay_of(const StackResult& result, float report_probability = 0.5f) {
  const TemporaryFolder folder;
  write_overlay(folder.file("a.png"), result, report_probability);
  return read_png(folder.file("a.png"));
}

// A dark plane of 100 x 100 voxels of 0.1 um.
StackResult dark_result() {
  StackResult result;
  result.projection.reshape({1, 100, 100}, {1, 0.1f, 0.1f});
  std::fill(result.projection.voxels().begin(), result.projection.voxels().end(), 5.0f);
  return result;
}

TEST(Overlay, small_stack_is_enlarged_by_a_whole_number) {
  StackResult result;
  result.projection.reshape({1, 30, 96}, {1, 0.1f, 0.1f});
  std::fill(result.projection.voxels().begin(), result.projection.voxels().end(), 0.0f);

  const Picture picture = overlay_of(result);

  EXPECT_EQ(picture.width, 96 * 11);
  EXPECT_EQ(picture.height, 30 * 11);
}

TEST(Overlay, bright_voxel_is_white_and_the_background_black) {
  StackResult result = dark_result();
  for (int y = 40; y < 50; ++y) {
    for (int x = 20; x < 30; ++x) {
      result.projection.view()(0, y, x) = 500;
    }
  }

  const Picture picture = overlay_of(result);

  EXPECT_EQ(*picture.pixel(455, 255), 255);
  EXPECT_EQ(*picture.pixel(455, 755), 0);
  EXPECT_FALSE(picture.has_colour(455, 255));
}

TEST(Overlay, dendrite_is_drawn_where_it_lies) {
  StackResult result = dark_result();
  result.dendrites = {example_dendrite(0, {{0, 5, 1}, {0, 5, 9}})};

  const Picture picture = overlay_of(result);

  // 5 um are 50 voxels; a voxel is 10 pixels whose centre is 4.5.
  EXPECT_TRUE(picture.has_colour(504, 300));
  EXPECT_TRUE(picture.has_colour(505, 300));
  EXPECT_FALSE(picture.has_colour(508, 300));
}

TEST(Overlay, ends_are_rings_and_branch_points_dots) {
  StackResult result = dark_result();
  result.shaft_graph.nodes = {{.position = {0, 5, 2}, .radius_um = 0.4f, .degree = 1},
                              {.position = {0, 5, 7}, .radius_um = 0.4f, .degree = 3}};

  const Picture picture = overlay_of(result);

  EXPECT_LT(*picture.pixel(504, 204), 50);
  EXPECT_GT(*picture.pixel(500, 204), 100);
  EXPECT_GT(*picture.pixel(504, 704), 150);
}

TEST(Overlay, dendrite_bears_its_number) {
  StackResult result = dark_result();
  result.dendrites = {example_dendrite(1, {{0, 5, 1}, {0, 5, 5}, {0, 5, 9}})};

  const Picture picture = overlay_of(result);

  // 16 pixels up and to the right of its middle; a 1 is the right edge of its digit.
  EXPECT_TRUE(picture.has_colour(485, 523));
  EXPECT_TRUE(picture.has_colour(492, 523));
  EXPECT_FALSE(picture.has_colour(488, 517));
}

TEST(Overlay, reported_spine_is_a_line_and_a_circle_and_an_unreported_one_a_dot) {
  StackResult result = dark_result();
  Spine spine = example_spine(0);
  spine.base = {0, 8, 4};
  spine.head = {0, 5, 4};
  spine.head_diameter_um = 1;
  spine.spine_class = SpineClass::filopodium;
  spine.p_detect = 0.4f;
  result.spines = {spine};

  const Picture unreported = overlay_of(result, 0.5f);
  const Picture reported = overlay_of(result, 0.4f);

  EXPECT_TRUE(reported.has_colour(700, 404));
  EXPECT_TRUE(reported.has_colour(504, 454));
  EXPECT_FALSE(reported.has_colour(504, 404));
  EXPECT_FALSE(unreported.has_colour(700, 404));
  EXPECT_GT(*unreported.pixel(504, 404), 100);
}

TEST(Overlay, scale_bar_is_ten_micrometres) {
  StackResult result = dark_result();
  result.projection.reshape({1, 100, 200}, {1, 0.1f, 0.1f});
  std::fill(result.projection.voxels().begin(), result.projection.voxels().end(), 5.0f);

  const Picture picture = overlay_of(result);

  int bar_px = 0;
  const int bar_row = picture.height - 1 - static_cast<int>(0.03 * picture.width);
  for (int x = 0; x < picture.width; ++x) {
    bar_px += *picture.pixel(bar_row, x) == 255 ? 1 : 0;
  }
  // 100 voxels of 5 pixels, and the round ends of 4 pixels.
  EXPECT_NEAR(bar_px, 508, 3);
}

TEST(Overlay, result_without_a_projection_is_refused) {
  const TemporaryFolder folder;
  const StackResult nothing;

  EXPECT_THROW(write_overlay(folder.file("a.png"), nothing, 0.5f), InvalidArgument);
}

}  // namespace
}  // namespace bramble
