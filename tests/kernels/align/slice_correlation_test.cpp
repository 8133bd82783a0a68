#include "kernels/align/slice_correlation.hpp"

#include "kernels/core/error.hpp"
#include "tests/kernels/align/blobs.hpp"
#include "tests/kernels/execs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace bramble {
namespace {

constexpr Extent plane{1, 60, 71};
constexpr Spacing spacing{1.0f, 0.25f, 0.25f};
constexpr Position box{0, 15, 17.5};
constexpr SliceCorrelationParams params{.detail_um = 0.3f, .context_um = 2, .max_shift_um = 3};

// The planes one above the other.
Volume<float> stack_of(const std::vector<Volume<float>>& planes) {
  const Extent one = planes[0].extent();
  Volume<float> stack(MemorySpace::host, {static_cast<int>(planes.size()), one.y, one.x}, spacing);
  float* to = stack.voxels().data();
  for (const Volume<float>& slice : planes) {
    to = std::copy(slice.voxels().begin(), slice.voxels().end(), to);
  }
  return stack;
}

Volume<float> shifted_pair(Position shift) {
  const std::vector<Blob> blobs = random_blobs(1, 60, box);
  std::vector<Volume<float>> planes;
  planes.push_back(draw_blobs(blobs, {}, plane, spacing));
  planes.push_back(draw_blobs(blobs, shift, plane, spacing));
  return stack_of(planes);
}

Voxel top_of(const ShiftMap& map) {
  const VolumeView<const float> r = map.correlation.view();
  return r.extent.voxel(std::max_element(r.data, r.data + r.extent.num_voxels()) - r.data);
}

TEST(SliceCorrelation, top_is_at_the_shift_of_the_moving_slice) {
  const Volume<float> stack = shifted_pair({0, 1.5, -0.75});
  SliceCorrelation correlation(cpu_exec, stack.view(), params);

  const ShiftMap map = correlation.correlate(cpu_exec, 0, 1);

  EXPECT_EQ(top_of(map), (Voxel{0, map.reach_y_vox + 6, map.reach_x_vox - 3}));
}

TEST(SliceCorrelation, a_slice_correlates_fully_with_itself) {
  const Volume<float> stack = shifted_pair({});
  SliceCorrelation correlation(cpu_exec, stack.view(), params);

  const ShiftMap map = correlation.correlate(cpu_exec, 1, 1);

  EXPECT_EQ(top_of(map), (Voxel{0, map.reach_y_vox, map.reach_x_vox}));
  EXPECT_NEAR(map.correlation.view()(top_of(map)), 1, 1e-5);
}

TEST(SliceCorrelation, swapped_slices_give_the_mirrored_map) {
  const Volume<float> stack = shifted_pair({0, 0.5, 1});
  SliceCorrelation correlation(cpu_exec, stack.view(), params);

  const ShiftMap forth = correlation.correlate(cpu_exec, 0, 1);
  const ShiftMap back = correlation.correlate(cpu_exec, 1, 0);

  const Extent extent = forth.correlation.extent();
  for (std::int64_t i = 0; i < extent.num_voxels(); ++i) {
    const Voxel v = extent.voxel(i);
    ASSERT_NEAR(forth.correlation.view()(v),
                back.correlation.view()(0, extent.y - 1 - v.y, extent.x - 1 - v.x), 1e-5);
  }
}

TEST(SliceCorrelation, a_slice_without_structure_correlates_with_nothing) {
  Volume<float> stack = shifted_pair({});
  std::fill(stack.voxels().begin(), stack.voxels().begin() + plane.num_voxels(), 0.0f);
  SliceCorrelation correlation(cpu_exec, std::as_const(stack).view(), params);

  const ShiftMap map = correlation.correlate(cpu_exec, 0, 1);

  EXPECT_EQ(map.correlation.view()(top_of(map)), 0);
}

TEST(SliceCorrelation, a_stack_of_one_voxel_has_one_shift) {
  const Volume<float> stack = draw_blobs({}, {}, {1, 1, 1}, spacing, 3, 1);
  SliceCorrelation correlation(cpu_exec, stack.view(), params);

  EXPECT_EQ(correlation.correlate(cpu_exec, 0, 0).correlation.extent(), (Extent{1, 1, 1}));
  EXPECT_THROW(correlation.correlate(cpu_exec, 0, 1), InvalidArgument);
}

TEST(SliceCorrelation, gpu_agrees_with_cpu) {
  BRAMBLE_CUDA_EXEC_OR_SKIP(cuda);
  const Volume<float> stack = shifted_pair({0, 1.5, -0.75});
  Volume<float> on_device(MemorySpace::device);
  copy(cuda, stack, on_device);
  SliceCorrelation on_cpu(cpu_exec, stack.view(), params);
  SliceCorrelation on_gpu(cuda, std::as_const(on_device).view(), params);

  const ShiftMap cpu = on_cpu.correlate(cpu_exec, 0, 1);
  const ShiftMap gpu = on_gpu.correlate(cuda, 0, 1);

  for (std::int64_t i = 0; i < cpu.correlation.voxels().size(); ++i) {
    ASSERT_NEAR(cpu.correlation.voxels()[i], gpu.correlation.voxels()[i], 1e-4);
  }
}

}  // namespace
}  // namespace bramble
