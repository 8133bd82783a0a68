#include "kernels/align/correlation_peaks.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>

namespace bramble {
namespace {

Volume<float> zeros(Extent extent) {
  Volume<float> volume(MemorySpace::host, extent, {1, 1, 1});
  for (float& voxel : volume.voxels()) {
    voxel = 0;
  }
  return volume;
}

std::vector<CorrelationPeak> peaks_of(const Volume<float>& volume, Extent range, int count) {
  return highest_peaks(volume.view(), range, count);
}

TEST(CorrelationPeaks, last_index_is_a_shift_of_minus_one) {
  Volume<float> volume = zeros({5, 5, 6});
  volume.view()(4, 1, 5) = 1;

  const std::vector<CorrelationPeak> peaks = peaks_of(volume, {2, 2, 2}, 3);

  ASSERT_EQ(peaks.size(), 1u);
  EXPECT_EQ(peaks[0].shift_z_vox, -1);
  EXPECT_EQ(peaks[0].shift_y_vox, 1);
  EXPECT_EQ(peaks[0].shift_x_vox, -1);
}

TEST(CorrelationPeaks, come_best_first_and_no_more_than_asked_for) {
  Volume<float> volume = zeros({1, 9, 9});
  volume.view()(0, 1, 1) = 2;
  volume.view()(0, 4, 4) = 5;
  volume.view()(0, 7, 1) = 3;

  const std::vector<CorrelationPeak> peaks = peaks_of(volume, {0, 4, 4}, 2);

  ASSERT_EQ(peaks.size(), 2u);
  EXPECT_EQ(peaks[0].height, 5);
  EXPECT_EQ(peaks[1].height, 3);
  EXPECT_EQ(peaks[1].shift_y_vox, -2);
}

TEST(CorrelationPeaks, leave_out_shifts_beyond_the_range) {
  Volume<float> volume = zeros({1, 1, 12});
  volume.view()(0, 0, 4) = 1;

  EXPECT_TRUE(peaks_of(volume, {0, 0, 3}, 1).empty());
  EXPECT_EQ(peaks_of(volume, {0, 0, 4}, 1).size(), 1u);
}

TEST(CorrelationPeaks, lie_at_the_top_of_a_gaussian_between_voxels) {
  Volume<float> volume = zeros({7, 9, 11});
  for (std::int64_t i = 0; i < volume.voxels().size(); ++i) {
    const Voxel v = volume.extent().voxel(i);
    const double z = v.z - 2.3, y = v.y - 3.5, x = v.x - 1.2;
    volume.voxels()[i] = static_cast<float>(std::exp(-0.5 * (z * z + y * y + x * x)));
  }

  const CorrelationPeak peak = peaks_of(volume, {3, 4, 5}, 1).at(0);

  EXPECT_NEAR(peak.shift_z_vox, 2.3, 1e-4);
  EXPECT_NEAR(peak.shift_y_vox, 3.5, 1e-4);
  EXPECT_NEAR(peak.shift_x_vox, 1.2, 1e-4);
}

TEST(CorrelationPeaks, plateau_is_one_peak) {
  Volume<float> volume = zeros({1, 1, 8});
  volume.view()(0, 0, 1) = 1;
  volume.view()(0, 0, 2) = 1;

  EXPECT_EQ(peaks_of(volume, {0, 0, 3}, 5).size(), 1u);
}

}  // namespace
}  // namespace bramble
