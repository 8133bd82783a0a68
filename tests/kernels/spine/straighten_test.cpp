#include "kernels/spine/straighten.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace bramble {
namespace {

TEST(Straighten, samples_lie_where_the_frame_says) {
  // A stack whose value is its position, so that a sample tells where it was taken.
  Volume<float> stack(MemorySpace::host, {21, 101, 101}, {1.0f, 0.2f, 0.2f});
  for (std::int64_t i = 0; i < stack.voxels().size(); ++i) {
    const Position p = position_of(stack.extent().voxel(i), stack.spacing());
    stack.voxels()[i] = static_cast<float>(100 * p.z_um + 10 * p.y_um + p.x_um);
  }
  const std::vector<Station> stations{
      {.axis = {10, 9, 8}, .across = {0, -0.6, 0.8}, .first = 0, .last = 0}, {}};
  Volume<float> straight(MemorySpace::host, StraightGrid::extent(2), StraightGrid::spacing());

  straighten(cpu_exec, std::as_const(stack).view(), stations.data(), straight.view());

  const int middle = StraightGrid::half_across;
  EXPECT_NEAR(straight.view()(StraightGrid::half_axial, 0, middle), 1000 + 90 + 8, 1e-2);
  // Two um above and one um to the left: (8, 8.4, 8.8).
  EXPECT_NEAR(straight.view()(StraightGrid::half_axial - 2, 0, middle + 10), 800 + 84 + 8.8, 1e-2);
}

TEST(Straighten, gaps_are_dark) {
  Volume<float> stack(MemorySpace::host, {3, 4, 5}, {1.0f, 1.0f, 1.0f});
  std::fill(stack.voxels().begin(), stack.voxels().end(), 7.0f);
  const std::vector<Station> stations{{}};
  Volume<float> straight(MemorySpace::host, StraightGrid::extent(1), StraightGrid::spacing());

  straighten(cpu_exec, std::as_const(stack).view(), stations.data(), straight.view());

  for (const float value : straight.voxels()) {
    EXPECT_EQ(value, 0);
  }
}

}  // namespace
}  // namespace bramble
