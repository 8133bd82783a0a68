#include "io/evaluation_picture.hpp"

#include "kernels/core/error.hpp"
#include "tests/io/picture.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace bramble {
namespace {

bool is_red(const Picture& picture, int y, int x) {
  const std::uint8_t* p = picture.pixel(y, x);
  return p[0] > 150 && p[1] < 100;
}

bool is_green(const Picture& picture, int y, int x) {
  const std::uint8_t* p = picture.pixel(y, x);
  return p[1] > 150 && p[0] < 100;
}

bool is_yellow(const Picture& picture, int y, int x) {
  const std::uint8_t* p = picture.pixel(y, x);
  return p[0] > 150 && p[1] > 150 && p[2] < 100;
}

// A dark plane of 100 x 100 voxels of 0.1 um: a um is 100 pixels of the picture.
StackResult dark_result() {
  StackResult result;
  result.projection.reshape({1, 100, 100}, {1, 0.1f, 0.1f});
  std::fill(result.projection.voxels().begin(), result.projection.voxels().end(), 5.0f);
  return result;
}

StackOutcomes outcomes_at(std::vector<SpineOutcome> spines) {
  return {"M01", "ses-d01", "chunk-01", std::move(spines)};
}

TEST(OutcomePicture, hits_are_green_misses_red_and_false_alarms_yellow) {
  const TemporaryFolder folder;
  const StackOutcomes outcomes =
      outcomes_at({{.outcome = Outcome::hit, .head = {0, 2, 2}},
                   {.outcome = Outcome::missed, .head = {0, 5, 2}},
                   {.outcome = Outcome::false_alarm, .head = {0, 2, 8}}});

  write_outcome_picture(folder.file("a.png"), dark_result(), outcomes);

  // Circles of 0.5 um: 50 pixels to the right of their middle at 100 um + 4.5.
  const Picture picture = read_png(folder.file("a.png"));
  EXPECT_TRUE(is_green(picture, 204, 254));
  EXPECT_TRUE(is_red(picture, 504, 254));
  EXPECT_TRUE(is_yellow(picture, 204, 854));
  EXPECT_FALSE(is_green(picture, 204, 204));
}

TEST(MistakeSheet, has_a_framed_tile_for_each_miss_then_each_false_alarm) {
  const TemporaryFolder folder;
  const StackOutcomes outcomes = outcomes_at({{.outcome = Outcome::false_alarm, .head = {0, 2, 8}},
                                              {.outcome = Outcome::hit, .head = {0, 2, 2}},
                                              {.outcome = Outcome::missed, .head = {0, 5, 2}}});

  EXPECT_TRUE(write_mistake_sheet(folder.file("a.png"), dark_result(), outcomes));

  const Picture picture = read_png(folder.file("a.png"));
  EXPECT_EQ(picture.height, 164);
  EXPECT_EQ(picture.width, 2 * 164);
  EXPECT_TRUE(is_red(picture, 80, 1));
  EXPECT_TRUE(is_yellow(picture, 80, 165));
  EXPECT_TRUE(is_red(picture, 80, 90));  // the circle, 10 pixels beside the middle
  EXPECT_TRUE(is_yellow(picture, 80, 253));
}

TEST(MistakeSheet, has_ten_tiles_a_row) {
  const TemporaryFolder folder;
  const StackOutcomes outcomes =
      outcomes_at(std::vector<SpineOutcome>(11, {.outcome = Outcome::missed, .head = {0, 5, 5}}));

  write_mistake_sheet(folder.file("a.png"), dark_result(), outcomes);

  const Picture picture = read_png(folder.file("a.png"));
  EXPECT_EQ(picture.width, 10 * 164);
  EXPECT_EQ(picture.height, 2 * 164);
}

TEST(MistakeSheet, without_mistakes_is_not_written) {
  const TemporaryFolder folder;
  const StackOutcomes outcomes = outcomes_at({{.outcome = Outcome::hit, .head = {0, 2, 2}}});

  EXPECT_FALSE(write_mistake_sheet(folder.file("a.png"), dark_result(), outcomes));

  EXPECT_FALSE(std::filesystem::exists(folder.file("a.png")));
}

TEST(OutcomePicture, result_without_a_projection_is_refused) {
  const TemporaryFolder folder;
  const StackResult nothing;

  EXPECT_THROW(write_outcome_picture(folder.file("a.png"), nothing, outcomes_at({})),
               InvalidArgument);
}

}  // namespace
}  // namespace bramble
