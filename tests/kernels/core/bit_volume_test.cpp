#include "kernels/core/bit_volume.hpp"

#include "tests/kernels/binary_volumes.hpp"
#include "tests/kernels/execs.hpp"
#include "tests/kernels/omp_threads.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

TEST(BitVolume, bit_x_of_a_word_is_voxel_x) {
  const Mask mask = mask_where({2, 2, 70}, [](Voxel v) {
    return v == Voxel{1, 0, 0} || v == Voxel{1, 0, 63} || v == Voxel{1, 0, 69};
  });
  const BitVolume bits = bits_of(mask);
  const BitView view = bits.view();

  EXPECT_EQ(view.words[view.word_index(1, 0, 0)], 0x8000000000000001u);
  EXPECT_EQ(view.words[view.word_index(1, 0, 1)], 0x20u);
  EXPECT_EQ(view.words[view.word_index(0, 0, 0)], 0u);
  EXPECT_EQ(view.row(2), view.words + view.word_index(1, 0, 0));
}

TEST(BitVolume, any_value_but_zero_is_set) {
  Mask mask = mask_where({1, 1, 9}, [](Voxel) { return false; });
  mask.voxels()[3] = 2;
  mask.voxels()[4] = 128;
  mask.voxels()[8] = 255;

  const BitVolume bits = bits_of(mask);

  EXPECT_EQ(bits.view().words[bits.view().word_index(0, 0, 0)], 0x118u);
}

TEST(BitVolume, guard_words_and_bits_behind_the_row_are_zero) {
  for (const int width : {1, 63, 64, 65, 128, 200}) {
    const BitVolume bits = bits_of(mask_where({2, 3, width}, [](Voxel) { return true; }));

    EXPECT_EQ(count_bits(cpu_exec, bits), 6 * width) << width;
    EXPECT_EQ(bits.words().size(), 4 * 5 * ((width + 63) / 64 + 2)) << width;
  }
}

TEST(BitVolume, unpacking_gives_the_mask_back) {
  for (const int width : {1, 7, 63, 64, 65, 130}) {
    const Mask mask = noise({3, 5, width}, 4, 0.5);

    EXPECT_TRUE(same(mask_of(bits_of(mask)), mask)) << width;
  }
}

TEST(BitVolume, another_shape_leaves_nothing_of_the_first) {
  BitVolume bits;
  pack_bits(cpu_exec, mask_where({3, 3, 100}, [](Voxel) { return true; }).view(), bits);

  bits.reshape(cpu_exec, {2, 4, 90});

  EXPECT_EQ(count_bits(cpu_exec, bits), 0);
  EXPECT_EQ(bits.extent(), (Extent{2, 4, 90}));
}

TEST(BitVolume, empty_volume_has_no_bits) {
  const BitVolume bits = bits_of(mask_where({0, 4, 5}, [](Voxel) { return true; }));

  EXPECT_EQ(count_bits(cpu_exec, bits), 0);
}

TEST(BitVolume, copy_has_the_same_voxels) {
  const Mask mask = noise({3, 5, 77}, 4, 0.5);
  const BitVolume bits = bits_of(mask);
  BitVolume other;

  copy(cpu_exec, bits, other);

  EXPECT_TRUE(same(mask_of(other), mask));
}

TEST(BitVolume, same_for_any_number_of_threads) {
  const Mask mask = noise({20, 30, 700}, 4, 0.5);
  for (const int count : {1, 2, 3}) {
    const OmpThreads threads(count);

    const BitVolume bits = bits_of(mask);

    EXPECT_TRUE(same(mask_of(bits), mask)) << count << " threads";
  }
}

TEST(BitVolume, extents_must_agree) {
  const BitVolume bits = bits_of(noise({2, 3, 4}, 1, 0.5));
  Mask mask(MemorySpace::host, {2, 3, 5}, {1, 1, 1});

  EXPECT_THROW(unpack_bits(cpu_exec, bits, mask.view()), InvalidArgument);
}

TEST(BitVolume, same_on_the_gpu) {
  BRAMBLE_CUDA_EXEC_OR_SKIP(gpu);
  const Mask mask = noise({9, 13, 129}, 4, 0.5);
  Mask on_device(MemorySpace::device);
  BitVolume bits(MemorySpace::device);
  BitVolume on_host;
  copy(gpu, mask, on_device);

  pack_bits(gpu, on_device.view(), bits);
  copy(gpu, bits, on_host);

  EXPECT_TRUE(same(mask_of(on_host), mask));
  EXPECT_EQ(count_bits(gpu, bits), count_bits(cpu_exec, on_host));
}

}  // namespace
}  // namespace bramble
