#include "kernels/restore/average_dim_voxels.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace bramble {
namespace {

Volume<float> line_of(std::initializer_list<float> values) {
  Volume<float> line(MemorySpace::host, {1, 1, static_cast<int>(values.size())}, {1, 1, 1});
  std::copy(values.begin(), values.end(), line.voxels().begin());
  return line;
}

TEST(AverageDimVoxels, bright_ones_stay_and_lend_nothing) {
  const Volume<float> result = average_dim_voxels(line_of({2.5f, 1.5f, 100, 2, 2}), 1);

  // The limit is 3 / sqrt of the number of dim ones: 2.12 for two, 1.73 for three.
  EXPECT_EQ(result.voxels()[0], 0);     // (2.5 + 1.5) / 2
  EXPECT_EQ(result.voxels()[1], 2.0f);  // (2.5 + 1.5 + 2) / 3
  EXPECT_EQ(result.voxels()[2], 100);
  EXPECT_FLOAT_EQ(result.voxels()[3], 5.5f / 3);  // (1.5 + 2 + 2) / 3
  EXPECT_EQ(result.voxels()[4], 0);               // (2 + 2) / 2
}

TEST(AverageDimVoxels, noise_alone_goes_and_faint_light_keeps_its_sum) {
  Volume<float> noise(MemorySpace::host, {11, 31, 31}, {1, 1, 1});
  std::mt19937 random(2);
  std::normal_distribution<float> normal(0, 1);
  std::generate(noise.voxels().begin(), noise.voxels().end(), [&] { return normal(random); });
  Volume<float> faint(MemorySpace::host, noise.extent(), noise.spacing());
  std::transform(noise.voxels().begin(), noise.voxels().end(), faint.voxels().begin(),
                 [](float value) { return value + 0.7f; });
  const auto mean_of = [](const Volume<float>& volume) {
    double sum = 0;
    for (const float value : volume.voxels()) {
      sum += static_cast<double>(value);
    }
    return sum / static_cast<double>(volume.voxels().size());
  };

  EXPECT_LT(mean_of(average_dim_voxels(noise, 1)), 0.01);
  EXPECT_NEAR(mean_of(average_dim_voxels(faint, 1)), 0.7, 0.05);
}

}  // namespace
}  // namespace bramble
