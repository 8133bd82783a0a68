#include "pipeline/study/welch.hpp"

#include "kernels/core/error.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

// Student's sleep data (Biometrika 1908), hours of sleep gained under two drugs, taken as two
// independent samples. R's t.test(extra ~ group) gives t = -1.8608, df = 17.776, interval
// -3.3654832 to 0.2054832; scipy 1.10 agrees to 12 digits.
const std::vector<double> sleep_1{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
const std::vector<double> sleep_2{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

TEST(Welch, matches_the_published_analysis_of_the_sleep_data) {
  const MeanDifference difference =
      welch_difference(sample_moments(sleep_1), sample_moments(sleep_2), 0.95);

  EXPECT_NEAR(difference.estimate, -1.58, 1e-12);
  EXPECT_NEAR(difference.se, 0.849091017238762, 1e-12);
  EXPECT_NEAR(difference.df, 17.7764735161785, 1e-9);
  EXPECT_NEAR(difference.interval.low, -3.365483230711636, 1e-9);
  EXPECT_NEAR(difference.interval.high, 0.20548323071163632, 1e-9);
  EXPECT_NEAR(difference.hedges_g, -0.7970185004474463, 1e-12);
}

TEST(Welch, swapping_the_samples_turns_the_sign) {
  const SampleMoments a = sample_moments({1, 2, 4, 9});
  const SampleMoments b = sample_moments({3, 3.5, 5});

  const MeanDifference forward = welch_difference(a, b, 0.9);
  const MeanDifference backward = welch_difference(b, a, 0.9);

  EXPECT_DOUBLE_EQ(forward.estimate, -backward.estimate);
  EXPECT_DOUBLE_EQ(forward.interval.low, -backward.interval.high);
  EXPECT_DOUBLE_EQ(forward.hedges_g, -backward.hedges_g);
  EXPECT_DOUBLE_EQ(forward.df, backward.df);
}

TEST(Welch, equal_variances_and_sizes_give_students_degrees_of_freedom) {
  const MeanDifference difference =
      welch_difference(sample_moments({1, 2, 3}), sample_moments({11, 12, 13}), 0.95);

  EXPECT_NEAR(difference.df, 4, 1e-12);
  // t(4) at 0.975 is 2.7764451 in every table.
  EXPECT_NEAR(difference.interval.high, -10 + 2.7764451 * std::sqrt(2.0 / 3), 1e-6);
}

TEST(Welch, one_value_gives_an_estimate_without_interval) {
  const MeanDifference difference =
      welch_difference(sample_moments({3}), sample_moments({1, 2}), 0.95);

  EXPECT_DOUBLE_EQ(difference.estimate, 1.5);
  EXPECT_TRUE(std::isnan(difference.se));
  EXPECT_TRUE(std::isnan(difference.interval.low));
  EXPECT_TRUE(std::isnan(difference.hedges_g));
}

TEST(Welch, no_variation_gives_no_interval) {
  const MeanDifference difference =
      welch_difference(sample_moments({1, 1}), sample_moments({2, 2}), 0.95);

  EXPECT_DOUBLE_EQ(difference.estimate, -1);
  EXPECT_DOUBLE_EQ(difference.se, 0);
  EXPECT_TRUE(std::isnan(difference.df));
  EXPECT_TRUE(std::isnan(difference.interval.high));
}

TEST(Welch, empty_sample_gives_no_estimate) {
  EXPECT_TRUE(
      std::isnan(welch_difference(sample_moments({}), sample_moments({2, 3}), 0.95).estimate));
}

// scipy.stats.t.interval(0.95, 2, mean, sd / sqrt(3)) for 1, 2, 4.
TEST(MeanInterval, is_students) {
  const SampleMoments moments = sample_moments({1, 2, 4});

  const Interval interval = mean_interval(moments, 0.95);

  EXPECT_NEAR(moments.sd, 1.5275252316519465, 1e-12);
  EXPECT_NEAR(interval.low, -1.4612497004061313, 1e-9);
  EXPECT_NEAR(interval.high, 6.127916367072798, 1e-9);
}

TEST(MeanInterval, refuses_a_confidence_of_one) {
  EXPECT_THROW(mean_interval(sample_moments({1, 2}), 1), InvalidArgument);
}

}  // namespace
}  // namespace bramble
