#include "kernels/core/gaussian.hpp"

#include "tests/kernels/execs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace bramble {
namespace {

Volume<float> smoothed(const Volume<float>& in, const GaussianParams& params) {
  Volume<float> scratch(MemorySpace::host, in.extent(), in.spacing());
  Volume<float> out(MemorySpace::host, in.extent(), in.spacing());
  smooth_gaussian(cpu_exec, in.view(), scratch.view(), out.view(), params);
  return out;
}

Volume<float> impulse(Extent extent, Spacing spacing, Voxel at) {
  Volume<float> volume(MemorySpace::host, extent, spacing);
  std::fill(volume.voxels().begin(), volume.voxels().end(), 0.0f);
  volume.view()(at) = 1;
  return volume;
}

TEST(Gaussian, constant_stays_constant_up_to_the_border) {
  Volume<float> volume(MemorySpace::host, {3, 7, 9}, {1, 0.1f, 0.1f});
  std::fill(volume.voxels().begin(), volume.voxels().end(), 5.0f);

  const Volume<float> result = smoothed(volume, {0.8f, 0.2f, 0.2f});

  for (const float value : result.voxels()) {
    EXPECT_NEAR(value, 5.0f, 1e-5);
  }
}

TEST(Gaussian, impulse_gives_the_normalised_kernel_of_each_axis) {
  const Volume<float> in = impulse({21, 41, 41}, {1.0f, 0.1f, 0.2f}, {10, 20, 20});

  const Volume<float> result = smoothed(in, {1.0f, 0.3f, 0.4f});

  const double total = std::accumulate(result.voxels().begin(), result.voxels().end(), 0.0);
  EXPECT_NEAR(total, 1.0, 1e-5);
  const auto view = result.view();
  EXPECT_NEAR(view(11, 20, 20) / view(10, 20, 20), std::exp(-0.5), 1e-5);
  EXPECT_NEAR(view(10, 23, 20) / view(10, 20, 20), std::exp(-0.5), 1e-5);
  EXPECT_NEAR(view(10, 20, 22) / view(10, 20, 20), std::exp(-0.5), 1e-5);
}

TEST(Gaussian, zero_sigma_leaves_an_axis_alone) {
  const Volume<float> in = impulse({5, 5, 5}, {1, 1, 1}, {2, 2, 2});

  const Volume<float> result = smoothed(in, {0, 0, 1.0f});

  EXPECT_EQ(result.view()(1, 2, 2), 0);
  EXPECT_EQ(result.view()(2, 3, 2), 0);
  EXPECT_GT(result.view()(2, 2, 3), 0);
}

TEST(Gaussian, in_place_is_refused) {
  Volume<float> volume = impulse({3, 3, 3}, {1, 1, 1}, {1, 1, 1});
  Volume<float> scratch(MemorySpace::host, {3, 3, 3}, {1, 1, 1});

  EXPECT_THROW(smooth_gaussian(cpu_exec, volume.view(), scratch.view(), volume.view(), {1, 1, 1}),
               InvalidArgument);
}

TEST(Gaussian, gpu_agrees_with_cpu) {
  BRAMBLE_CUDA_EXEC_OR_SKIP(gpu);
  Volume<float> in(MemorySpace::host, {7, 37, 129}, {1, 0.1f, 0.1f});
  for (std::int64_t i = 0; i < in.voxels().size(); ++i) {
    in.voxels()[i] = static_cast<float>(i * 7919 % 1000);
  }
  const GaussianParams params{0.7f, 0.2f, 0.2f};
  const Volume<float> expected = smoothed(in, params);
  Volume<float> on_device(MemorySpace::device);
  copy(gpu, in, on_device);
  Volume<float> scratch(MemorySpace::device, in.extent(), in.spacing());
  Volume<float> out(MemorySpace::device, in.extent(), in.spacing());

  smooth_gaussian(gpu, std::as_const(on_device).view(), scratch.view(), out.view(), params);

  Volume<float> found;
  copy(gpu, out, found);
  for (std::int64_t i = 0; i < in.voxels().size(); ++i) {
    // Same order of operations, contraction off on both sides: division may differ by an ulp of
    // 1000.
    ASSERT_NEAR(found.voxels()[i], expected.voxels()[i], 1e-3);
  }
}

TEST(Gaussian, wide_windows_of_fine_voxels_keep_a_constant) {
  Volume<float> in(MemorySpace::host, {1, 3, 500}, {1, 0.04f, 0.04f});
  std::fill(in.voxels().begin(), in.voxels().end(), 3.0f);

  const Volume<float> out = smoothed(in, {.sigma_x_um = 1.5f});  // 37.5 voxels

  for (const float value : out.voxels()) {
    ASSERT_NEAR(value, 3, 1e-4);
  }
  EXPECT_THROW(smoothed(in, {.sigma_x_um = 2.0f}), InvalidArgument);
}

TEST(Gaussian, without_a_third_volume_it_gives_the_same_bits) {
  for (const Extent extent : {Extent{1, 3, 5}, Extent{8, 4, 9}, Extent{61, 5, 7}}) {
    Volume<float> in(MemorySpace::host, extent, {0.5f, 0.1f, 0.2f});
    for (std::int64_t i = 0; i < in.voxels().size(); ++i) {
      in.voxels()[i] = static_cast<float>((i * 7919) % 1009) - 300;
    }
    const GaussianParams params{0.9f, 0.3f, 0.4f};
    const Volume<float> expected = smoothed(in, params);
    Volume<float> slices;
    Volume<float> out(MemorySpace::host, extent, in.spacing());

    smooth_gaussian(cpu_exec, std::as_const(in).view(), slices, out.view(), params);
    smooth_gaussian(cpu_exec, std::as_const(in).view(), slices, in.view(), params);

    EXPECT_TRUE(std::ranges::equal(out.voxels(), expected.voxels())) << extent.z;
    EXPECT_TRUE(std::ranges::equal(in.voxels(), expected.voxels())) << extent.z;
  }
}

}  // namespace
}  // namespace bramble
