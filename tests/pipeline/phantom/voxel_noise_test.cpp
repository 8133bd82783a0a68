#include "pipeline/phantom/voxel_noise.hpp"

#include "pipeline/phantom/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace bramble {
namespace {

constexpr std::uint64_t key = 0x123456789ABCDEFu;

TEST(VoxelNoise, is_one_philox_block_a_voxel) {
  VoxelNoise noise;
  const std::uint64_t first = (std::uint64_t{1} << 32) - 3;  // crosses a word

  draw_noise(key, first, noise);

  for (std::size_t i = 0; i < VoxelNoise::size; ++i) {
    const std::uint64_t index = first + i;
    const auto words =
        philox({0, 1, static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32)},
               {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)});
    const double u = ((words[1] >> 8) + 0.5) / (1 << 24);
    const double radius = std::sqrt(-2 * std::log(u));
    EXPECT_EQ(noise.uniform[i], words[0]);
    EXPECT_NEAR(std::hypot(noise.first_normal[i], noise.second_normal[i]), radius, 3e-6);
  }
}

TEST(VoxelNoise, does_not_depend_on_where_a_batch_starts) {
  VoxelNoise one;
  VoxelNoise other;

  draw_noise(key, 100, one);
  draw_noise(key, 110, other);

  EXPECT_EQ(one.uniform[10], other.uniform[0]);
  EXPECT_EQ(one.first_normal[63], other.first_normal[53]);
}

// Moments and tails of 640 000 pairs, each within 5 standard errors.
TEST(VoxelNoise, normals_are_normal_and_independent) {
  constexpr int num_batches = 10000;
  double sums[5] = {};  // of x, x^2, x^4, x y, and the number beyond 2
  VoxelNoise noise;
  for (int i = 0; i < num_batches; ++i) {
    draw_noise(key, static_cast<std::uint64_t>(i) * VoxelNoise::size, noise);
    for (std::size_t j = 0; j < VoxelNoise::size; ++j) {
      const double x = noise.first_normal[j];
      const double y = noise.second_normal[j];
      sums[0] += x + y;
      sums[1] += x * x + y * y;
      sums[2] += x * x * x * x + y * y * y * y;
      sums[3] += x * y;
      sums[4] += (std::abs(x) > 2 ? 1 : 0) + (std::abs(y) > 2 ? 1 : 0);
    }
  }
  const double num = 2.0 * num_batches * VoxelNoise::size;

  EXPECT_NEAR(sums[0] / num, 0, 0.0045);
  EXPECT_NEAR(sums[1] / num, 1, 0.0063);
  EXPECT_NEAR(sums[2] / num, 3, 0.044);
  EXPECT_NEAR(sums[3] / (0.5 * num), 0, 0.0063);
  EXPECT_NEAR(sums[4] / num, 0.0455, 0.001);
}

// The largest distance between the empirical and the true distribution (Kolmogorov-Smirnov): below
// 1.95 / sqrt(n) with a probability of 99.9 %.
TEST(VoxelNoise, normals_have_the_right_distribution_everywhere) {
  std::vector<double> values;
  VoxelNoise noise;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    draw_noise(7, i * VoxelNoise::size, noise);
    values.insert(values.end(), noise.first_normal.begin(), noise.first_normal.end());
  }
  std::sort(values.begin(), values.end());

  double worst = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double expected = 0.5 * std::erfc(-values[i] / std::sqrt(2.0));
    const double found = (static_cast<double>(i) + 0.5) / static_cast<double>(values.size());
    worst = std::max(worst, std::abs(found - expected));
  }

  EXPECT_LT(worst, 1.95 / std::sqrt(static_cast<double>(values.size())));
}

}  // namespace
}  // namespace bramble
