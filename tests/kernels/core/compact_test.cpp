#include "kernels/core/compact.hpp"

#include "tests/kernels/omp_threads.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace bramble {
namespace {

std::vector<std::int64_t> compacted(const std::vector<std::uint8_t>& flags) {
  std::vector<std::int64_t> indices(flags.size());
  indices.resize(static_cast<std::size_t>(compact_indices(
      cpu_exec, flags.data(), static_cast<std::int64_t>(flags.size()), indices.data())));
  return indices;
}

TEST(CompactIndices, indices_of_the_flags_that_are_set) {
  EXPECT_EQ(compacted({0, 1, 0, 0, 255, 2}), (std::vector<std::int64_t>{1, 4, 5}));
  EXPECT_EQ(compacted({}), (std::vector<std::int64_t>{}));
  EXPECT_EQ(compacted({0}), (std::vector<std::int64_t>{}));
  EXPECT_EQ(compacted({1}), (std::vector<std::int64_t>{0}));
}

TEST(CompactIndices, part_of_the_flags) {
  const std::vector<std::uint8_t> flags{1, 1, 0, 1, 0, 1, 1};
  std::vector<std::int64_t> indices(4);

  const std::int64_t count = compact_indices(cpu_exec, flags.data(), 2, 6, indices.data());

  ASSERT_EQ(count, 2);
  EXPECT_EQ(indices[0], 3);
  EXPECT_EQ(indices[1], 5);
}

TEST(CompactIndices, long_lists_are_ascending_for_any_number_of_threads) {
  std::vector<std::uint8_t> flags(1200001);
  std::vector<std::int64_t> expected;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    flags[i] = i % 7 == 3 || i % 11 == 0 ? 1 : 0;
    if (flags[i] != 0) {
      expected.push_back(static_cast<std::int64_t>(i));
    }
  }

  for (const int count : {1, 2, 3}) {
    const OmpThreads threads(count);
    EXPECT_EQ(compacted(flags), expected) << count << " threads";
  }
}

}  // namespace
}  // namespace bramble
