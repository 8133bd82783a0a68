#include "pipeline/stack/robust_level.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace bramble {
namespace {

Volume<float> of(std::vector<float> values) {
  Volume<float> volume(MemorySpace::host, {1, 1, static_cast<int>(values.size())}, {1, 1, 1});
  std::copy(values.begin(), values.end(), volume.voxels().begin());
  return volume;
}

TEST(RobustLevel, of_noise_with_a_bright_part_is_that_of_the_noise) {
  std::mt19937 random(1);
  std::normal_distribution<float> noise(10, 2);
  std::vector<float> values(20000);
  std::ranges::generate(values, [&] { return noise(random); });
  std::fill(values.begin(), values.begin() + 1000, 500.0f);

  const RobustLevel level = robust_level(of(values).view());

  EXPECT_NEAR(level.median, 10, 0.3);
  EXPECT_NEAR(level.sigma, 2, 0.15);
}

TEST(MedianPositive, is_the_middle_one_of_what_is_above_zero) {
  EXPECT_EQ(median_positive(of({0, 0, -5, 3, 0, 1, 2, 0}).view()), 2);
  EXPECT_EQ(median_positive(of({0, -1}).view()), 0);
}

}  // namespace
}  // namespace bramble
