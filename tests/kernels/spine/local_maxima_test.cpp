#include "kernels/spine/local_maxima.hpp"

#include "tests/kernels/execs.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

Volume<float> flat(Extent extent) {
  Volume<float> volume(MemorySpace::host, extent, {1, 1, 1});
  std::fill(volume.voxels().begin(), volume.voxels().end(), 0.0f);
  return volume;
}

std::vector<Voxel> maxima_of(const Volume<float>& volume, const LocalMaximaParams& params) {
  LocalMaximaScratch scratch(MemorySpace::host);
  return find_local_maxima(cpu_exec, volume.view(), params, scratch);
}

TEST(LocalMaxima, finds_peaks_in_order_of_their_index) {
  Volume<float> volume = flat({3, 8, 9});
  volume.view()(2, 1, 1) = 5;
  volume.view()(0, 6, 7) = 3;

  const std::vector<Voxel> found = maxima_of(volume, {.threshold = 1, .radius = {1, 2, 2}});

  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0], (Voxel{0, 6, 7}));
  EXPECT_EQ(found[1], (Voxel{2, 1, 1}));
}

TEST(LocalMaxima, lower_peak_within_the_box_is_none) {
  Volume<float> volume = flat({1, 1, 9});
  volume.view()(0, 0, 3) = 5;
  volume.view()(0, 0, 5) = 4;
  volume.view()(0, 0, 8) = 4;

  const std::vector<Voxel> found = maxima_of(volume, {.threshold = 1, .radius = {0, 0, 2}});

  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].x, 3);
  EXPECT_EQ(found[1].x, 8);
}

TEST(LocalMaxima, plateau_counts_once_at_its_first_voxel) {
  Volume<float> volume = flat({1, 4, 4});
  volume.view()(0, 1, 1) = 2;
  volume.view()(0, 1, 2) = 2;
  volume.view()(0, 2, 1) = 2;

  const std::vector<Voxel> found = maxima_of(volume, {.threshold = 1, .radius = {1, 1, 1}});

  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0], (Voxel{0, 1, 1}));
}

TEST(LocalMaxima, value_at_the_threshold_is_none) {
  Volume<float> volume = flat({1, 3, 3});
  volume.view()(0, 1, 1) = 2;

  EXPECT_TRUE(maxima_of(volume, {.threshold = 2}).empty());
  EXPECT_TRUE(maxima_of(flat({0, 3, 3}), {.threshold = 0}).empty());
}

TEST(LocalMaxima, gpu_agrees_with_cpu) {
  BRAMBLE_CUDA_EXEC_OR_SKIP(gpu);
  Volume<float> volume = flat({7, 37, 129});
  for (std::int64_t i = 0; i < volume.voxels().size(); ++i) {
    volume.voxels()[i] = static_cast<float>(i * 7919 % 1009);
  }
  const LocalMaximaParams params{.threshold = 500, .radius = {1, 2, 2}};
  const std::vector<Voxel> expected = maxima_of(volume, params);
  Volume<float> on_device(MemorySpace::device);
  copy(gpu, volume, on_device);
  LocalMaximaScratch scratch(MemorySpace::device);

  const std::vector<Voxel> found =
      find_local_maxima(gpu, std::as_const(on_device).view(), params, scratch);

  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace bramble
