#include "pipeline/stack/noise_correlation.hpp"

#include <gtest/gtest.h>

#include <random>

namespace bramble {
namespace {

// White noise, each voxel mixed with the one before it.
Volume<float> noise(float mixed_frac) {
  std::mt19937 random(5);
  std::normal_distribution<float> normal(100, 10);
  Volume<float> volume(MemorySpace::host, {4, 100, 200}, {1, 0.1f, 0.1f});
  float before = 100;
  for (float& value : volume.voxels()) {
    const float fresh = normal(random);
    value = (1 - mixed_frac) * fresh + mixed_frac * before;
    before = fresh;
  }
  return volume;
}

TEST(NoiseCorrelation, is_zero_for_independent_noise) {
  EXPECT_LT(noise_correlation(noise(0).view()), 0.03);
}

TEST(NoiseCorrelation, is_half_for_the_mean_of_two_neighbours) {
  EXPECT_NEAR(noise_correlation(noise(0.5f).view()), 0.5, 0.05);
}

TEST(NoiseCorrelation, is_zero_where_nothing_can_be_said) {
  const Volume<float> narrow(MemorySpace::host, {3, 3, 3}, {1, 1, 1});

  EXPECT_EQ(noise_correlation(narrow.view()), 0);
}

}  // namespace
}  // namespace bramble
