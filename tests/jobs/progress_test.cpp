#include "jobs/progress.hpp"

#include "kernels/core/error.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

TEST(ProgressText, tells_done_failed_left_rate_and_remaining_time) {
  const ProgressState state{.num_done = 5,
                            .num_failed = 1,
                            .num_items = 40,
                            .cost_ended = 300,
                            .cost_all = 400,
                            .elapsed_s = 60};

  EXPECT_EQ(progress_text(state), "5 of 40 done, 1 failed, 34 left, 6 per minute, about 20 s left");
}

TEST(ProgressText, foretells_nothing_before_the_first_item_and_after_the_last) {
  EXPECT_EQ(progress_text({.num_items = 2, .cost_all = 2, .elapsed_s = 9}),
            "0 of 2 done, 0 failed, 2 left");
  EXPECT_EQ(progress_text(
                {.num_done = 2, .num_items = 2, .cost_ended = 2, .cost_all = 2, .elapsed_s = 9}),
            "2 of 2 done, 0 failed, 0 left");
  EXPECT_EQ(progress_text({}), "0 of 0 done, 0 failed, 0 left");
}

TEST(ParseProgressStyle, is_a_bar_on_terminals_only_unless_told) {
  EXPECT_EQ(parse_progress_style("auto", true), ProgressStyle::bar);
  EXPECT_EQ(parse_progress_style("auto", false), ProgressStyle::lines);
  EXPECT_EQ(parse_progress_style("bar", false), ProgressStyle::bar);
  EXPECT_THROW(parse_progress_style("dots", true), InvalidArgument);
}

}  // namespace
}  // namespace bramble
