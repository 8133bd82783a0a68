#include "kernels/align/overlap_correlation.hpp"

#include "tests/kernels/align/blobs.hpp"
#include "tests/kernels/execs.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

namespace bramble {
namespace {

// One row of voxels, 1 um apart.
Volume<float> row(const std::vector<float>& values) {
  Volume<float> volume(MemorySpace::host, {1, 1, static_cast<int>(values.size())}, {1, 1, 1});
  for (std::size_t i = 0; i < values.size(); ++i) {
    volume.voxels()[static_cast<std::int64_t>(i)] = values[i];
  }
  return volume;
}

OverlapCorrelation correlate(const Volume<float>& fixed, const Volume<float>& moving,
                             Position shift) {
  return correlate_overlap(cpu_exec, fixed.view(), moving.view(), shift);
}

// Roots are 1, 2, 3 and 2, 4, 3: deviations -1, 0, 1 and -1, 1, 0, so r = 1 / (sqrt 2 sqrt 2).
TEST(OverlapCorrelation, is_pearsons_of_the_square_roots) {
  const OverlapCorrelation result = correlate(row({1, 4, 9}), row({4, 16, 9}), {});

  EXPECT_NEAR(result.correlation, 0.5, 1e-6);
  EXPECT_FLOAT_EQ(result.overlap_frac, 1);
}

TEST(OverlapCorrelation, reads_the_moving_volume_at_position_plus_shift) {
  const OverlapCorrelation result = correlate(row({1, 4, 9, 25}), row({0, 100, 2, 8}), {0, 0, 2});

  EXPECT_NEAR(result.correlation, 1, 1e-6);
  EXPECT_FLOAT_EQ(result.overlap_frac, 0.5f);
}

TEST(OverlapCorrelation, is_zero_without_overlap_or_variation) {
  EXPECT_EQ(correlate(row({1, 2}), row({1, 2}), {0, 0, 5}).overlap_frac, 0);
  EXPECT_EQ(correlate(row({1, 2}), row({1, 2}), {0, 0, 5}).correlation, 0);
  EXPECT_EQ(correlate(row({3, 3}), row({1, 2}), {}).correlation, 0);
  EXPECT_EQ(correlate(Volume<float>(), row({1, 2}), {}).correlation, 0);
}

TEST(OverlapCorrelation, is_highest_at_the_true_shift) {
  const std::vector<Blob> blobs = random_blobs(1, 20, {6, 12, 15});
  const Volume<float> fixed = draw_blobs(blobs, {}, {7, 25, 31}, {1, 0.5f, 0.5f});
  const Volume<float> moving = draw_blobs(blobs, {1, -1, 2}, {7, 25, 31}, {1, 0.5f, 0.5f});

  const float there = correlate(fixed, moving, {1, -1, 2}).correlation;
  const float beside = correlate(fixed, moving, {1, -1, 1.5}).correlation;

  EXPECT_GT(there, 0.999f);
  EXPECT_LT(beside, there - 0.01f);
}

// Sums are in double in one order on both sides; what differs is the last bit of a square root.
TEST(OverlapCorrelation, gpu_agrees_with_the_cpu) {
  BRAMBLE_CUDA_EXEC_OR_SKIP(gpu);
  const std::vector<Blob> blobs = random_blobs(2, 20, {6, 12, 15});
  const Volume<float> fixed = draw_blobs(blobs, {}, {7, 25, 67}, {1, 0.5f, 0.5f});
  const Volume<float> moving = draw_blobs(blobs, {0.5, -1, 2}, {7, 25, 67}, {1, 0.5f, 0.5f});
  Volume<float> device_fixed(MemorySpace::device);
  Volume<float> device_moving(MemorySpace::device);
  copy(gpu, fixed, device_fixed);
  copy(gpu, moving, device_moving);

  const OverlapCorrelation on_gpu = correlate_overlap(
      gpu, std::as_const(device_fixed).view(), std::as_const(device_moving).view(), {0.3, -1, 2});

  EXPECT_NEAR(on_gpu.correlation, correlate(fixed, moving, {0.3, -1, 2}).correlation, 1e-6);
}

}  // namespace
}  // namespace bramble
