#include "pipeline/evaluate/share.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

// Agresti and Coull 1998 give 0.490 to 0.943 for 8 of 10.
TEST(Share, has_wilsons_interval) {
  const Share share = share_of(8, 10);

  EXPECT_DOUBLE_EQ(share.frac, 0.8);
  EXPECT_NEAR(share.ci_low, 0.4902, 5e-5);
  EXPECT_NEAR(share.ci_high, 0.9433, 5e-5);
}

TEST(Share, nothing_and_everything_stay_inside_0_and_1) {
  EXPECT_EQ(share_of(0, 5).ci_low, 0);
  EXPECT_GT(share_of(0, 5).ci_high, 0.3);
  EXPECT_EQ(share_of(5, 5).ci_high, 1);
  EXPECT_LT(share_of(5, 5).ci_low, 0.7);
}

TEST(Share, of_nothing_is_not_available) {
  EXPECT_TRUE(std::isnan(share_of(0, 0).frac));
  EXPECT_TRUE(std::isnan(share_of(0, 0).ci_low));
}

TEST(F1, is_the_harmonic_mean) {
  EXPECT_DOUBLE_EQ(f1_of(0.5, 1.0), 2.0 / 3);
  EXPECT_EQ(f1_of(0, 0), 0);
}

TEST(Quantile, lies_between_ranks_as_in_numpy) {
  EXPECT_DOUBLE_EQ(quantile({4, 1, 2, 3}, 0.5), 2.5);
  EXPECT_DOUBLE_EQ(quantile({1, 2, 3}, 0.95), 2.9);
  EXPECT_DOUBLE_EQ(quantile({7}, 0.95), 7);
  EXPECT_TRUE(std::isnan(quantile({}, 0.5)));
}

}  // namespace
}  // namespace bramble
