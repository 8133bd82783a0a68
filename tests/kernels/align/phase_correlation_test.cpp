#include "kernels/align/phase_correlation.hpp"

#include "tests/kernels/align/blobs.hpp"
#include "tests/kernels/execs.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace bramble {
namespace {

constexpr Extent extent{12, 45, 50};
constexpr Spacing spacing{1.0f, 0.5f, 0.5f};
constexpr Position box{11, 22, 24.5};

ShiftEstimate estimate(const Volume<float>& fixed, const Volume<float>& moving, Extent largest) {
  PhaseCorrelation correlation(cpu_exec, largest, {});
  return correlation.estimate(cpu_exec, fixed.view(), moving.view());
}

void expect_near(Position found, Position wanted, double tolerance_z_um, double tolerance_xy_um) {
  EXPECT_NEAR(found.z_um, wanted.z_um, tolerance_z_um);
  EXPECT_NEAR(found.y_um, wanted.y_um, tolerance_xy_um);
  EXPECT_NEAR(found.x_um, wanted.x_um, tolerance_xy_um);
}

TEST(PhaseCorrelation, recovers_a_shift_of_whole_voxels) {
  const std::vector<Blob> blobs = random_blobs(1, 40, box);
  const Position shift{2, -3.5, 5};

  const ShiftEstimate found = estimate(draw_blobs(blobs, {}, extent, spacing),
                                       draw_blobs(blobs, shift, extent, spacing), extent);

  expect_near(found.shift, shift, 0.1, 0.03);
  EXPECT_GT(found.correlation, 0.99f);
}

TEST(PhaseCorrelation, recovers_a_shift_of_half_voxels) {
  const std::vector<Blob> blobs = random_blobs(2, 40, box);
  const Position shift{-1.5, 2.25, -0.75};

  const ShiftEstimate found = estimate(draw_blobs(blobs, {}, extent, spacing),
                                       draw_blobs(blobs, shift, extent, spacing), extent);

  expect_near(found.shift, shift, 0.15, 0.05);
}

TEST(PhaseCorrelation, a_volume_has_no_shift_against_itself) {
  const Volume<float> volume = draw_blobs(random_blobs(3, 30, box), {}, extent, spacing);

  const ShiftEstimate found = estimate(volume, volume, extent);

  expect_near(found.shift, {}, 1e-3, 1e-3);
  EXPECT_NEAR(found.correlation, 1, 1e-4);
}

TEST(PhaseCorrelation, is_not_misled_by_noise) {
  const std::vector<Blob> blobs = random_blobs(4, 40, box);
  const Position shift{1, 4, -6};

  const ShiftEstimate found = estimate(draw_blobs(blobs, {}, extent, spacing, 5, 40),
                                       draw_blobs(blobs, shift, extent, spacing, 6, 40), extent);

  expect_near(found.shift, shift, 0.4, 0.2);
}

TEST(PhaseCorrelation, aligns_volumes_of_different_sizes) {
  const std::vector<Blob> blobs = random_blobs(7, 60, box);
  const Position shift{-1, 1.5, 2};
  const Extent smaller{9, 40, 37};

  const ShiftEstimate found = estimate(draw_blobs(blobs, {}, extent, spacing),
                                       draw_blobs(blobs, shift, smaller, spacing), extent);

  expect_near(found.shift, shift, 0.15, 0.05);
}

TEST(PhaseCorrelation, aligns_volumes_of_different_voxel_sizes) {
  const std::vector<Blob> blobs = random_blobs(8, 40, box);
  const Position shift{1, -2, 3};
  const Spacing finer{1.0f, 0.46f, 0.46f};
  const Volume<float> fixed = draw_blobs(blobs, {}, extent, spacing);
  const Volume<float> moving = draw_blobs(blobs, shift, {12, 49, 54}, finer);

  const ShiftEstimate found = estimate(fixed, moving, extent);

  expect_near(found.shift, shift, 0.15, 0.08);
}

TEST(PhaseCorrelation, swapping_the_volumes_turns_the_shift) {
  const std::vector<Blob> blobs = random_blobs(9, 40, box);
  const Volume<float> a = draw_blobs(blobs, {}, extent, spacing);
  const Volume<float> b = draw_blobs(blobs, {1, 2.2, -3.1}, extent, spacing);

  const Position forward = estimate(a, b, extent).shift;
  const Position backward = estimate(b, a, extent).shift;

  expect_near(forward * -1, backward, 0.05, 0.02);
}

TEST(PhaseCorrelation, works_on_a_single_plane) {
  const std::vector<Blob> blobs = random_blobs(10, 30, {0, 22, 24.5});
  const Extent plane{1, 45, 50};

  const ShiftEstimate found = estimate(draw_blobs(blobs, {}, plane, spacing),
                                       draw_blobs(blobs, {0, 3, -2.5}, plane, spacing), plane);

  expect_near(found.shift, {0, 3, -2.5}, 1e-9, 0.05);
}

TEST(PhaseCorrelation, dark_volumes_have_no_shift) {
  const Volume<float> dark = draw_blobs({}, {}, extent, spacing);

  const ShiftEstimate found = estimate(dark, dark, extent);

  EXPECT_EQ(found.shift, Position{});
  EXPECT_EQ(found.correlation, 0);
}

TEST(PhaseCorrelation, gives_the_same_when_it_is_used_again) {
  const std::vector<Blob> blobs = random_blobs(11, 40, box);
  const Volume<float> a = draw_blobs(blobs, {}, extent, spacing);
  const Volume<float> b = draw_blobs(blobs, {1, 2, -3}, extent, spacing);
  PhaseCorrelation correlation(cpu_exec, extent, {});

  const ShiftEstimate first =
      correlation.estimate(cpu_exec, std::as_const(a).view(), std::as_const(b).view());
  correlation.estimate(cpu_exec, std::as_const(b).view(), std::as_const(b).view());
  const ShiftEstimate again =
      correlation.estimate(cpu_exec, std::as_const(a).view(), std::as_const(b).view());

  EXPECT_EQ(first.shift, again.shift);
  EXPECT_EQ(first.correlation, again.correlation);
}

TEST(PhaseCorrelation, refuses_what_it_cannot_align) {
  const Volume<float> volume = draw_blobs({}, {}, extent, spacing);

  EXPECT_THROW(estimate(volume, volume, {12, 45, 49}), InvalidArgument);
  EXPECT_THROW(estimate(volume, Volume<float>(), extent), InvalidArgument);
}

// The peak's height differs by some 1e-6 of its value between transforms; its place by that over
// its curvature.
TEST(PhaseCorrelation, gpu_agrees_with_the_cpu) {
  BRAMBLE_CUDA_EXEC_OR_SKIP(gpu);
  const std::vector<Blob> blobs = random_blobs(12, 40, box);
  const Volume<float> a = draw_blobs(blobs, {}, extent, spacing);
  const Volume<float> b = draw_blobs(blobs, {1.3, 2, -3}, extent, spacing);
  Volume<float> device_a(MemorySpace::device);
  Volume<float> device_b(MemorySpace::device);
  copy(gpu, a, device_a);
  copy(gpu, b, device_b);
  PhaseCorrelation correlation(gpu, extent, {});

  const ShiftEstimate on_cpu = estimate(a, b, extent);
  const ShiftEstimate on_gpu =
      correlation.estimate(gpu, std::as_const(device_a).view(), std::as_const(device_b).view());

  expect_near(on_gpu.shift, on_cpu.shift, 1e-3, 1e-3);
  EXPECT_NEAR(on_gpu.correlation, on_cpu.correlation, 1e-4);
}

}  // namespace
}  // namespace bramble
