#include "pipeline/stack/dropped_slices.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <utility>

namespace bramble {
namespace {

// Photons of 20 counts on an offset of 100, read noise of 8; `photons` a voxel in each slice.
Volume<float> slices_of(const std::vector<double>& photons) {
  Volume<float> stack(MemorySpace::host, {static_cast<int>(photons.size()), 40, 40}, {1, 1, 1});
  std::mt19937 generator(5);
  std::normal_distribution<float> read(100, 8);
  for (std::int64_t i = 0; i < stack.voxels().size(); ++i) {
    std::poisson_distribution<int> light(photons[static_cast<std::size_t>(i / 1600)]);
    stack.voxels()[i] = 20 * static_cast<float>(light(generator)) + read(generator);
  }
  return stack;
}

std::vector<bool> found_in(const Volume<float>& stack) { return find_dropped_slices(stack.view()); }

TEST(DroppedSlices, finds_slices_without_light) {
  const std::vector<bool> dropped = found_in(slices_of({2, 2, 0, 2, 2, 0, 0, 2, 2, 2}));

  EXPECT_EQ(dropped,
            (std::vector<bool>{false, false, true, false, false, true, true, false, false, false}));
}

TEST(DroppedSlices, light_that_fades_with_depth_is_no_drop) {
  const std::vector<bool> dropped = found_in(slices_of({8, 6, 4.5, 3.4, 2.5, 1.9, 1.4, 1}));

  EXPECT_EQ(std::count(dropped.begin(), dropped.end(), true), 0);
}

TEST(DroppedSlices, a_copy_of_the_slice_before_is_dropped) {
  Volume<float> stack = slices_of({2, 2, 2, 2, 2});
  float* voxels = stack.voxels().data();
  std::copy(voxels + 1600, voxels + 3200, voxels + 3200);

  EXPECT_EQ(found_in(stack), (std::vector<bool>{false, false, true, false, false}));
}

TEST(DroppedSlices, a_stack_of_equal_slices_is_taken_as_it_is) {
  Volume<float> stack(MemorySpace::host, {4, 5, 5}, {1, 1, 1});
  std::fill(stack.voxels().begin(), stack.voxels().end(), 7.0f);

  EXPECT_EQ(found_in(stack), std::vector<bool>(4, false));
}

TEST(DroppedSlices, no_slice_or_one_is_nothing_to_compare) {
  EXPECT_TRUE(found_in(slices_of({})).empty());
  EXPECT_EQ(found_in(slices_of({0})), std::vector<bool>{false});
}

}  // namespace
}  // namespace bramble
