#include "kernels/restore/shift_slices.hpp"

#include "kernels/core/error.hpp"
#include "tests/kernels/execs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <utility>

namespace bramble {
namespace {

constexpr float never = std::numeric_limits<float>::infinity();
constexpr Spacing spacing{1.0f, 0.1f, 0.2f};

Volume<float> noise(Extent extent) {
  Volume<float> stack(MemorySpace::host, extent, spacing);
  std::mt19937 generator(11);
  std::uniform_real_distribution<float> uniform(50, 150);
  std::generate(stack.voxels().begin(), stack.voxels().end(), [&] { return uniform(generator); });
  return stack;
}

// A Gaussian spot in every slice, moved by the slice's shift.
Volume<float> spots(Extent extent, const std::vector<SliceShift>& shifts) {
  Volume<float> stack(MemorySpace::host, extent, spacing);
  for (std::int64_t i = 0; i < extent.num_voxels(); ++i) {
    const Voxel v = extent.voxel(i);
    const SliceShift& shift = shifts[static_cast<std::size_t>(v.z)];
    const double y = (v.y - extent.y / 2) * 0.1 - static_cast<double>(shift.y_um);
    const double x = (v.x - extent.x / 2) * 0.2 - static_cast<double>(shift.x_um);
    stack.voxels()[i] = static_cast<float>(100 * std::exp(-(y * y + x * x) / (2 * 0.4 * 0.4)));
  }
  return stack;
}

Volume<float> shifted(const Volume<float>& stack, const std::vector<SliceShift>& shifts,
                      float saturation = never) {
  Volume<float> result(MemorySpace::host, stack.extent(), stack.spacing());
  shift_slices(cpu_exec, stack.view(), shifts, saturation, result.view());
  return result;
}

TEST(ShiftSlices, without_shifts_nothing_changes) {
  const Volume<float> stack = noise({3, 7, 9});

  const Volume<float> result = shifted(stack, {{}, {}, {}});

  EXPECT_TRUE(std::equal(stack.voxels().begin(), stack.voxels().end(), result.voxels().begin()));
}

TEST(ShiftSlices, a_shift_of_whole_voxels_moves_voxels) {
  const Volume<float> stack = noise({1, 8, 9});

  const Volume<float> result = shifted(stack, {{.y_um = 0.2f, .x_um = -0.2f}});

  EXPECT_NEAR(result.view()(0, 3, 4), stack.view()(0, 5, 3), 1e-3);
}

TEST(ShiftSlices, brings_moved_spots_back_and_keeps_their_light) {
  const std::vector<SliceShift> shifts{{0.33f, -0.27f}, {}, {-1.21f, 0.55f}};
  const Extent extent{3, 61, 41};
  const Volume<float> still = spots(extent, {{}, {}, {}});

  const Volume<float> result = shifted(spots(extent, shifts), shifts);

  for (std::int64_t i = 0; i < extent.num_voxels(); ++i) {
    ASSERT_NEAR(result.voxels()[i], still.voxels()[i], 0.5);
  }
  const double light = std::accumulate(still.voxels().begin(), still.voxels().end(), 0.0);
  EXPECT_NEAR(std::accumulate(result.voxels().begin(), result.voxels().end(), 0.0), light,
              1e-3 * light);
}

TEST(ShiftSlices, a_constant_stays_constant_to_the_border) {
  Volume<float> stack(MemorySpace::host, {2, 5, 6}, spacing);
  std::fill(stack.voxels().begin(), stack.voxels().end(), 70.0f);

  const Volume<float> result = shifted(stack, {{0.13f, 0.31f}, {-0.22f, 0.05f}});

  for (const float value : result.voxels()) {
    EXPECT_NEAR(value, 70, 1e-4);
  }
}

TEST(ShiftSlices, a_slice_that_shows_nothing_is_interpolated_from_the_nearest_that_do) {
  Volume<float> stack(MemorySpace::host, {4, 2, 2}, spacing);
  for (std::int64_t i = 0; i < 16; ++i) {
    stack.voxels()[i] = static_cast<float>(30 * (i / 4));  // 0, 30, 60, 90 by slice
  }
  stack.voxels()[5] = stack.voxels()[9] = -1000;

  const Volume<float> result = shifted(stack, {{}, {.recorded = false}, {.recorded = false}, {}});

  EXPECT_NEAR(result.view()(1, 0, 1), 30, 1e-4);
  EXPECT_NEAR(result.view()(2, 0, 1), 60, 1e-4);
}

TEST(ShiftSlices, a_margin_that_comes_in_is_filled_from_the_slices_beside) {
  Volume<float> stack(MemorySpace::host, {3, 6, 6}, spacing);
  for (std::int64_t i = 0; i < stack.voxels().size(); ++i) {
    stack.voxels()[i] = i / 36 == 1 ? 500.0f : 20.0f * static_cast<float>(i / 36);
  }

  const Volume<float> result = shifted(stack, {{}, {.y_um = 0.3f}, {}});

  EXPECT_NEAR(result.view()(1, 1, 2), 500, 1e-3);
  EXPECT_NEAR(result.view()(1, 5, 2), 20, 1e-3);
}

TEST(ShiftSlices, saturated_voxels_stay_saturated) {
  Volume<float> stack = noise({1, 9, 9});
  stack.view()(0, 4, 4) = 255;

  const Volume<float> result = shifted(stack, {{.y_um = 0.04f, .x_um = 0.09f}}, 255);

  EXPECT_EQ(result.view()(0, 4, 4), 255);
}

TEST(ShiftSlices, stacks_without_a_voxel_pass_and_wrong_arguments_do_not) {
  const Volume<float> empty = noise({0, 4, 4});
  const Volume<float> one = noise({1, 1, 1});

  EXPECT_EQ(shifted(empty, {}).voxels().size(), 0);
  EXPECT_EQ(shifted(one, {{.y_um = 5}}).voxels()[0], one.voxels()[0]);
  EXPECT_THROW(shifted(one, {}), InvalidArgument);
  EXPECT_THROW(shifted(one, {{.recorded = false}}), InvalidArgument);
}

TEST(ShiftSlices, gpu_agrees_with_cpu) {
  BRAMBLE_CUDA_EXEC_OR_SKIP(cuda);
  const std::vector<SliceShift> shifts{{0.33f, -0.27f}, {.recorded = false}, {-1.21f, 0.55f}};
  const Volume<float> stack = noise({3, 37, 41});
  Volume<float> on_device(MemorySpace::device);
  copy(cuda, stack, on_device);
  Volume<float> result(MemorySpace::device, stack.extent(), spacing);

  shift_slices(cuda, std::as_const(on_device).view(), shifts, 149, result.view());

  Volume<float> back;
  copy(cuda, result, back);
  const Volume<float> expected = shifted(stack, shifts, 149);
  for (std::int64_t i = 0; i < back.voxels().size(); ++i) {
    ASSERT_NEAR(back.voxels()[i], expected.voxels()[i], 1e-3);
  }
}

}  // namespace
}  // namespace bramble
