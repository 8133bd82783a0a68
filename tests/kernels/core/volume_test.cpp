#include "kernels/core/volume.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

TEST(Volume, x_is_the_fastest_index) {
  Volume<int> volume(MemorySpace::host, {2, 3, 4}, {1, 1, 1});
  for (std::int64_t i = 0; i < volume.voxels().size(); ++i) {
    volume.voxels()[i] = static_cast<int>(i);
  }

  EXPECT_EQ(volume.view()(0, 0, 1), 1);
  EXPECT_EQ(volume.view()(0, 1, 0), 4);
  EXPECT_EQ(volume.view()(1, 0, 0), 12);
}

TEST(Volume, index_and_voxel_are_inverse) {
  const Extent extent{3, 5, 7};
  for (std::int64_t i = 0; i < extent.num_voxels(); ++i) {
    EXPECT_EQ(extent.index(extent.voxel(i)), i);
  }
}

TEST(Volume, smaller_shape_keeps_the_memory) {
  Volume<float> volume(MemorySpace::host, {4, 4, 4}, {1, 1, 1});
  const float* before = volume.view().data;

  volume.reshape({2, 3, 4}, {1, 1, 1});

  EXPECT_EQ(volume.view().data, before);
  EXPECT_EQ(volume.voxels().size(), 24);
}

TEST(Volume, empty_volume_is_allowed) {
  Volume<float> volume(MemorySpace::host, {0, 4, 4}, {1, 1, 1});

  EXPECT_EQ(volume.voxels().size(), 0);
}

TEST(Geometry, nearest_voxel_inverts_position_of) {
  const Spacing spacing{1.0f, 0.12f, 0.115f};

  EXPECT_EQ(nearest_voxel(position_of({3, 17, 200}, spacing), spacing), (Voxel{3, 17, 200}));
}

}  // namespace
}  // namespace bramble
