#include "kernels/segment/select_components.hpp"

#include "tests/kernels/binary_volumes.hpp"
#include "tests/kernels/execs.hpp"
#include "tests/kernels/flood_fill.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

Mask selected(const Mask& low, const Mask& high, std::int64_t min_voxels) {
  SelectComponentsScratch scratch;
  BitVolume kept;
  select_components(cpu_exec, bits_of(low), bits_of(high), {.min_voxels = min_voxels}, scratch,
                    kept);
  return mask_of(kept);
}

// Three bars along x: 3 voxels at y 0, 70 voxels at y 2, 1 voxel at y 4.
Mask three_bars() {
  return mask_where({1, 5, 90}, [](Voxel v) {
    return (v.y == 0 && v.x < 3) || (v.y == 2 && v.x >= 10 && v.x < 80) || (v.y == 4 && v.x == 66);
  });
}

TEST(SelectComponents, keeps_whole_components_with_a_high_voxel) {
  const Mask high = mask_where({1, 5, 90}, [](Voxel v) { return v.y == 2 && v.x == 79; });

  const Mask kept = selected(three_bars(), high, 1);

  EXPECT_TRUE(same(
      kept, mask_where({1, 5, 90}, [](Voxel v) { return v.y == 2 && v.x >= 10 && v.x < 80; })));
}

TEST(SelectComponents, high_voxels_outside_of_low_do_not_count) {
  const Mask high = mask_where({1, 5, 90}, [](Voxel v) {
    return (v.y == 2 && (v.x == 9 || v.x == 80)) || v.y == 1 || (v.y == 4 && v.x == 66);
  });

  const Mask kept = selected(three_bars(), high, 1);

  EXPECT_TRUE(same(kept, mask_where({1, 5, 90}, [](Voxel v) { return v.y == 4 && v.x == 66; })));
}

TEST(SelectComponents, small_components_are_dropped) {
  const Mask everywhere = mask_where({1, 5, 90}, [](Voxel) { return true; });

  EXPECT_EQ(count_bits(cpu_exec, bits_of(selected(three_bars(), everywhere, 0))), 74);
  EXPECT_EQ(count_bits(cpu_exec, bits_of(selected(three_bars(), everywhere, 3))), 73);
  EXPECT_EQ(count_bits(cpu_exec, bits_of(selected(three_bars(), everywhere, 4))), 70);
  EXPECT_EQ(count_bits(cpu_exec, bits_of(selected(three_bars(), everywhere, 71))), 0);
}

TEST(SelectComponents, output_may_be_an_input) {
  const Mask low = noise({6, 7, 100}, 3, 0.15);
  const Mask high = noise({6, 7, 100}, 4, 0.02);
  const Mask expected = selected(low, high, 2);
  SelectComponentsScratch scratch;
  BitVolume low_bits = bits_of(low);
  BitVolume high_bits = bits_of(high);

  select_components(cpu_exec, low_bits, high_bits, {.min_voxels = 2}, scratch, low_bits);
  select_components(cpu_exec, bits_of(low), high_bits, {.min_voxels = 2}, scratch, high_bits);

  EXPECT_TRUE(same(mask_of(low_bits), expected));
  EXPECT_TRUE(same(mask_of(high_bits), expected));
}

TEST(SelectComponents, equals_flood_fill_on_random_volumes) {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    const Extent extent{5, 9, 60 + static_cast<int>(seed)};
    const Mask low = noise(extent, seed, 0.12);
    const Mask high = noise(extent, 100 + seed, 0.1);
    int num_components = 0;
    const Volume<std::int32_t> labels = label_by_flood_fill(low, true, num_components);
    std::vector<bool> has_high(static_cast<std::size_t>(num_components) + 1, false);
    std::vector<int> num_voxels(static_cast<std::size_t>(num_components) + 1, 0);
    for (std::int64_t i = 0; i < extent.num_voxels(); ++i) {
      const auto label = static_cast<std::size_t>(labels.voxels()[i]);
      has_high[label] = has_high[label] || high.voxels()[i] != 0;
      ++num_voxels[label];
    }

    const Mask kept = selected(low, high, 3);

    ASSERT_TRUE(
        same(kept, mask_where(extent,
                              [&](Voxel v) {
                                const auto label = static_cast<std::size_t>(labels.view()(v));
                                return label != 0 && has_high[label] && num_voxels[label] >= 3;
                              })))
        << "seed " << seed;
  }
}

TEST(SelectComponents, same_on_the_gpu) {
  BRAMBLE_CUDA_EXEC_OR_SKIP(gpu);
  const Mask low = noise({37, 53, 129}, 3, 0.15);
  const Mask high = noise({37, 53, 129}, 4, 0.02);
  BitVolume low_bits(MemorySpace::device);
  BitVolume high_bits(MemorySpace::device);
  BitVolume on_host;
  SelectComponentsScratch scratch(MemorySpace::device);
  copy(gpu, bits_of(low), low_bits);
  copy(gpu, bits_of(high), high_bits);

  select_components(gpu, low_bits, high_bits, {.min_voxels = 5}, scratch, low_bits);
  copy(gpu, low_bits, on_host);

  EXPECT_TRUE(same(mask_of(on_host), selected(low, high, 5)));
}

TEST(SelectComponents, different_extents_are_refused) {
  EXPECT_THROW(selected(noise({2, 2, 2}, 1, 0.5), noise({2, 2, 3}, 1, 0.5), 1), InvalidArgument);
}

}  // namespace
}  // namespace bramble
