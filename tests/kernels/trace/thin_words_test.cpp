#include "kernels/trace/thin_words.hpp"

#include "tests/kernels/binary_volumes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

namespace bramble {
namespace {

constexpr std::uint64_t even_x = 0x5555555555555555;

// What thin() has at the start of a pass, one entry for each word of the volume, all voxels
// released.
struct Pass {
  explicit Pass(const Mask& mask) : bits(bits_of(mask)) {
    const BitView view = bits.view();
    for (int c = 0; c < num_row_classes; ++c) {
      const RowClass row_class(view, c);
      for (std::int64_t i = 0; i < row_class.words.num_voxels(); ++i) {
        const Voxel place = row_class.row_and_word(row_class.words.voxel(i));
        word_index.push_back(view.word_index(place.z, place.y, place.x));
        candidates.push_back(view.words[word_index.back()]);
        class_of.push_back(c);
      }
    }
    changed_in_pass.assign(static_cast<std::size_t>(view.num_words()), 0);
  }

  // Deletes in all eight subfields, in each by the words in the given order.
  void run(const std::vector<std::int64_t>& order) {
    const Entries entries{.bits = bits.view(),
                          .changed_in_pass = changed_in_pass.data(),
                          .word_index = word_index.data(),
                          .candidates = candidates.data()};
    std::int32_t any_deleted = 0;
    for (int c = 0; c < num_row_classes; ++c) {
      std::vector<std::int64_t> listed;
      std::copy_if(order.begin(), order.end(), std::back_inserter(listed),
                   [&](std::int64_t i) { return class_of[static_cast<std::size_t>(i)] == c; });
      for (const std::uint64_t subfield : {even_x, ~even_x}) {
        const DeleteSimple step{entries, listed.data(), subfield, 1, &any_deleted};
        for (std::size_t i = 0; i < listed.size(); ++i) {
          step(static_cast<std::int64_t>(i));
        }
      }
    }
    EXPECT_EQ(any_deleted, 1);
  }

  BitVolume bits;
  std::vector<std::uint32_t> changed_in_pass;
  std::vector<std::int64_t> word_index;
  std::vector<std::uint64_t> candidates;
  std::vector<int> class_of;
};

TEST(ThinWords, order_of_the_words_in_a_list_does_not_matter) {
  const Mask mask = smoothed_noise({9, 14, 300}, 6, 0.5);
  std::vector<std::int64_t> order(Pass(mask).word_index.size());
  std::iota(order.begin(), order.end(), 0);
  Pass ascending(mask);
  ascending.run(order);

  std::mt19937 engine(2);
  for (int trial = 0; trial < 8; ++trial) {
    std::shuffle(order.begin(), order.end(), engine);
    Pass shuffled(mask);
    shuffled.run(order);
    ASSERT_TRUE(same(mask_of(shuffled.bits), mask_of(ascending.bits))) << trial;
  }
}

TEST(ThinWords, classes_of_listed_entries_are_found_though_some_are_empty) {
  const std::vector<std::int64_t> listed{0, 2, 3, 9};
  std::vector<std::int64_t> first_listed(5, -1);
  const FindFirstListed step{listed.data(), 4, {0, 1, 3, 3, 10}, first_listed.data()};

  for (int c = 0; c <= num_row_classes; ++c) {
    step(c);
  }

  EXPECT_EQ(first_listed, (std::vector<std::int64_t>{0, 1, 2, 2, 4}));
}

}  // namespace
}  // namespace bramble
