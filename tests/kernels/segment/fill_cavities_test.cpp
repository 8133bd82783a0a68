#include "kernels/segment/fill_cavities.hpp"

#include "tests/kernels/binary_volumes.hpp"
#include "tests/kernels/execs.hpp"
#include "tests/kernels/flood_fill.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

Mask filled(const Mask& mask) {
  FillCavitiesScratch scratch;
  BitVolume bits = bits_of(mask);
  fill_cavities(cpu_exec, bits, scratch);
  return mask_of(bits);
}

// A box [1, 5]^3 in a volume of 7^3, without the voxels in `holes`.
template <class Holes>
Mask box_without(const Holes& holes) {
  return mask_where({7, 7, 7}, [&](Voxel v) {
    const bool in_box = v.z >= 1 && v.z <= 5 && v.y >= 1 && v.y <= 5 && v.x >= 1 && v.x <= 5;
    return in_box && !holes(v);
  });
}

const auto no_hole = [](Voxel) { return false; };

TEST(FillCavities, fills_a_hole_inside) {
  const Mask hollow =
      box_without([](Voxel v) { return v.z == 3 && v.y == 3 && v.x >= 2 && v.x <= 4; });

  EXPECT_TRUE(same(filled(hollow), box_without(no_hole)));
}

TEST(FillCavities, fills_a_hole_that_opens_over_an_edge_only) {
  const auto hole = [](Voxel v) { return v == Voxel{3, 3, 3}; };
  const auto notch = [](Voxel v) { return v.z <= 2 && v.y == 4 && v.x == 3; };
  const Mask hollow = box_without([&](Voxel v) { return hole(v) || notch(v); });

  EXPECT_TRUE(same(filled(hollow), box_without(notch)));
}

TEST(FillCavities, leaves_a_hole_that_opens_to_the_outside) {
  const Mask open = box_without([](Voxel v) { return v.z == 3 && v.y == 3 && v.x >= 3; });

  EXPECT_TRUE(same(filled(open), open));
}

TEST(FillCavities, leaves_background_at_every_border) {
  for (const Voxel hole : {Voxel{0, 3, 3}, Voxel{6, 3, 3}, Voxel{3, 0, 3}, Voxel{3, 6, 3},
                           Voxel{3, 3, 0}, Voxel{3, 3, 6}}) {
    const Mask mask = mask_where({7, 7, 7}, [&](Voxel v) { return !(v == hole); });

    EXPECT_TRUE(same(filled(mask), mask)) << hole.z << ' ' << hole.y << ' ' << hole.x;
  }
}

TEST(FillCavities, random_volumes_have_no_cavity_left_and_lose_nothing_else) {
  for (const int width : {60, 64, 130}) {
    const Mask mask = smoothed_noise({12, 14, width}, 5, 0.6);

    const Mask without = filled(mask);

    const Topology before = topology_of(mask);
    const Topology after = topology_of(without);
    EXPECT_GT(before.num_cavities, 0);
    EXPECT_LE(after.num_components, before.num_components);
    for (std::int64_t i = 0; i < mask.voxels().size(); ++i) {
      ASSERT_GE(without.voxels()[i], mask.voxels()[i]);
    }
    // What is left of the background touches the border: padding it must join nothing new.
    EXPECT_EQ(after.num_cavities, 0);
  }
}

TEST(FillCavities, volume_of_one_plane_has_no_cavities) {
  const Mask ring = mask_where({1, 5, 5}, [](Voxel v) { return !(v == Voxel{0, 2, 2}); });

  EXPECT_TRUE(same(filled(ring), ring));
}

TEST(FillCavities, empty_and_full_volumes_stay) {
  const Mask empty = mask_where({3, 4, 70}, [](Voxel) { return false; });
  const Mask full = mask_where({3, 4, 70}, [](Voxel) { return true; });

  EXPECT_TRUE(same(filled(empty), empty));
  EXPECT_TRUE(same(filled(full), full));
}

TEST(FillCavities, same_on_the_gpu) {
  BRAMBLE_CUDA_EXEC_OR_SKIP(gpu);
  const Mask mask = smoothed_noise({37, 53, 129}, 5, 0.6);
  BitVolume bits(MemorySpace::device);
  BitVolume on_host;
  FillCavitiesScratch scratch(MemorySpace::device);
  copy(gpu, bits_of(mask), bits);

  fill_cavities(gpu, bits, scratch);
  copy(gpu, bits, on_host);

  EXPECT_TRUE(same(mask_of(on_host), filled(mask)));
}

}  // namespace
}  // namespace bramble
