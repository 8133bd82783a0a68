#include "kernels/trace/simple_point.hpp"

#include "tests/kernels/binary_volumes.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

// The neighbourhood of the voxel (1, 1, 1) of a mask of 3 x 3 x 3.
NeighbourWords neighbours_of_centre(const Mask& mask) {
  const BitVolume bits = bits_of(mask);
  return gather_neighbours(bits.view(), bits.view().word_index(1, 1, 0));
}

bool is_simple(const Mask& mask) { return (simple_points(neighbours_of_centre(mask)) & 2) != 0; }
bool is_end(const Mask& mask) { return (end_points(neighbours_of_centre(mask)) & 2) != 0; }

constexpr Extent cube{3, 3, 3};

TEST(SimplePoint, isolated_voxel_is_neither_simple_nor_an_end) {
  const Mask mask = mask_where(cube, [](Voxel v) { return v == Voxel{1, 1, 1}; });

  EXPECT_FALSE(is_simple(mask));
  EXPECT_FALSE(is_end(mask));
}

TEST(SimplePoint, end_of_a_line_is_simple_and_an_end) {
  const Mask mask = mask_where(cube, [](Voxel v) { return v.z == 1 && v.y == 1 && v.x >= 1; });

  EXPECT_TRUE(is_simple(mask));
  EXPECT_TRUE(is_end(mask));
}

TEST(SimplePoint, inside_of_a_line_is_not_simple) {
  const Mask mask = mask_where(cube, [](Voxel v) { return v.z == 1 && v.y == 1; });

  EXPECT_FALSE(is_simple(mask));
  EXPECT_FALSE(is_end(mask));
}

TEST(SimplePoint, inside_of_a_plate_is_not_simple) {
  EXPECT_FALSE(is_simple(mask_where(cube, [](Voxel v) { return v.z == 1; })));
}

TEST(SimplePoint, inside_of_a_body_is_not_simple) {
  EXPECT_FALSE(is_simple(mask_where(cube, [](Voxel) { return true; })));
}

TEST(SimplePoint, surface_of_a_body_is_simple) {
  const Mask mask = mask_where(cube, [](Voxel v) { return v.z >= 1; });

  EXPECT_TRUE(is_simple(mask));
  EXPECT_FALSE(is_end(mask));
}

TEST(SimplePoint, neighbours_are_read_across_words_and_rows) {
  const Extent extent{3, 3, 130};
  const Mask mask = noise(extent, 5, 0.5);
  const BitVolume bits = bits_of(mask);

  for (int w = 0; w < 3; ++w) {
    const NeighbourWords neighbours =
        gather_neighbours(bits.view(), bits.view().word_index(1, 1, w));
    for (int k = 0; k < 27; ++k) {
      for (int bit = 0; bit < 64 && 64 * w + bit < extent.x; ++bit) {
        const Voxel v{k / 9, k / 3 % 3, 64 * w + bit + k % 3 - 1};
        const bool expected = extent.contains(v) && mask.view()(v) != 0;
        ASSERT_EQ((neighbours.words[k] >> bit & 1) != 0, expected) << k << ' ' << w << ' ' << bit;
      }
    }
  }
}

}  // namespace
}  // namespace bramble
