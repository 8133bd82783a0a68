#include "kernels/core/sort.hpp"

#include "tests/kernels/omp_threads.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace bramble {
namespace {

TEST(StableSortByKey, equal_keys_keep_their_order) {
  std::vector<std::int32_t> keys{2, 1, 2, -1, 1};
  std::vector<std::int64_t> values{10, 11, 12, 13, 14};

  stable_sort_by_key(cpu_exec, keys.data(), 5, values.data());

  EXPECT_EQ(keys, (std::vector<std::int32_t>{-1, 1, 1, 2, 2}));
  EXPECT_EQ(values, (std::vector<std::int64_t>{13, 11, 14, 10, 12}));
}

TEST(StableSortByKey, sizes_zero_and_one) {
  std::int32_t key = 5;
  std::int64_t value = 6;

  stable_sort_by_key(cpu_exec, &key, 0, &value);
  stable_sort_by_key(cpu_exec, &key, 1, &value);

  EXPECT_EQ(key, 5);
  EXPECT_EQ(value, 6);
}

TEST(StableSortByKey, long_arrays_for_any_number_of_threads) {
  const std::size_t size = (1 << 20) + 3;
  std::vector<std::int32_t> keys(size);
  for (std::size_t i = 0; i < size; ++i) {
    keys[i] = static_cast<std::int32_t>(i * 7919 % 1000) - 500;
  }
  std::vector<std::int64_t> expected(size);
  for (std::size_t i = 0; i < size; ++i) {
    expected[i] = static_cast<std::int64_t>(i);
  }
  std::stable_sort(expected.begin(), expected.end(), [&](std::int64_t a, std::int64_t b) {
    return keys[static_cast<std::size_t>(a)] < keys[static_cast<std::size_t>(b)];
  });

  for (const int count : {1, 3}) {
    const OmpThreads threads(count);
    std::vector<std::int32_t> sorted = keys;
    std::vector<std::int64_t> values(size);
    for (std::size_t i = 0; i < size; ++i) {
      values[i] = static_cast<std::int64_t>(i);
    }
    stable_sort_by_key(cpu_exec, sorted.data(), static_cast<std::int64_t>(size), values.data());
    EXPECT_TRUE(std::is_sorted(sorted.begin(), sorted.end())) << count << " threads";
    EXPECT_EQ(values, expected) << count << " threads";
  }
}

}  // namespace
}  // namespace bramble
