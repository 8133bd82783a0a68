#include "kernels/segment/local_threshold.hpp"

#include "tests/kernels/execs.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

Volume<float> row_of(std::initializer_list<float> values) {
  Volume<float> volume(MemorySpace::host, {1, 1, static_cast<int>(values.size())}, {1, 1, 1});
  std::copy(values.begin(), values.end(), volume.voxels().begin());
  return volume;
}

TEST(LocalThreshold, needs_both_the_noise_level_and_the_local_contrast) {
  const Volume<float> values = row_of({10, 16, 16, 40, 40});
  const Volume<float> local_mean = row_of({10, 11, 14, 12, 30});
  const LocalThresholdParams params{.background_counts = 10,
                                    .low_threshold_counts = 5,
                                    .high_threshold_counts = 20,
                                    .local_ratio = 2};
  BitVolume low;
  BitVolume high;

  threshold_locally(cpu_exec, values.view(), local_mean.view(), params, low, high);

  // excess 0 0 | 6 > 5 and > 2 x 1 | 6 not > 2 x 4 | 30 > 20 and > 2 x 2 | 30 not > 2 x 20
  const bool expected_low[] = {false, true, false, true, false};
  const bool expected_high[] = {false, false, false, true, false};
  for (int x = 0; x < 5; ++x) {
    EXPECT_EQ(low.view().test({0, 0, x}), expected_low[x]) << x;
    EXPECT_EQ(high.view().test({0, 0, x}), expected_high[x]) << x;
  }
}

TEST(LocalThreshold, high_is_part_of_low_on_any_width) {
  for (const int width : {1, 63, 64, 65, 130}) {
    Volume<float> values(MemorySpace::host, {2, 3, width}, {1, 1, 1});
    Volume<float> local_mean(MemorySpace::host, {2, 3, width}, {1, 1, 1});
    for (std::int64_t i = 0; i < values.voxels().size(); ++i) {
      values.voxels()[i] = static_cast<float>(i * 37 % 101);
      local_mean.voxels()[i] = static_cast<float>(i * 11 % 31);
    }
    BitVolume low;
    BitVolume high;

    threshold_locally(cpu_exec, values.view(), local_mean.view(),
                      {.low_threshold_counts = 20, .high_threshold_counts = 60}, low, high);

    for (std::int64_t i = 0; i < values.voxels().size(); ++i) {
      const Voxel v = values.extent().voxel(i);
      const float excess = values.voxels()[i];
      const bool stands_out = excess > 2.5f * local_mean.voxels()[i];
      ASSERT_EQ(low.view().test(v), stands_out && excess > 20);
      ASSERT_EQ(high.view().test(v), stands_out && excess > 60);
    }
  }
}

TEST(LocalThreshold, thresholds_in_the_wrong_order_are_refused) {
  const Volume<float> values = row_of({1, 2});
  BitVolume low;
  BitVolume high;

  EXPECT_THROW(
      threshold_locally(cpu_exec, values.view(), values.view(),
                        {.low_threshold_counts = 2, .high_threshold_counts = 1}, low, high),
      InvalidArgument);
}

}  // namespace
}  // namespace bramble
