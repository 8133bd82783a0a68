#include "io/group_means.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

TEST(GroupMeans, interval_is_students_t_over_animals) {
  const MeanInterval mean = mean_over_animals({1, 2, 3, 4});

  // t(0.975; 3) = 3.18245 (any table), standard error sqrt(5/3/4) = 0.645497.
  EXPECT_DOUBLE_EQ(mean.mean, 2.5);
  EXPECT_NEAR(mean.ci_low, 2.5 - 3.18245 * 0.645497, 1e-5);
  EXPECT_NEAR(mean.ci_high, 2.5 + 3.18245 * 0.645497, 1e-5);
}

TEST(GroupMeans, values_that_are_missing_are_left_out) {
  const MeanInterval mean = mean_over_animals({1, not_available, 3});

  EXPECT_EQ(mean.num_animals, 2);
  EXPECT_DOUBLE_EQ(mean.mean, 2);
}

TEST(GroupMeans, one_animal_has_no_interval_and_none_has_no_mean) {
  EXPECT_EQ(mean_over_animals({0.5}).mean, 0.5);
  EXPECT_TRUE(std::isnan(mean_over_animals({0.5}).ci_low));
  EXPECT_TRUE(std::isnan(mean_over_animals({}).mean));
  EXPECT_EQ(mean_over_animals({}).num_animals, 0);
}

}  // namespace
}  // namespace bramble
