#include "kernels/core/scan.hpp"

#include "tests/kernels/omp_threads.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace bramble {
namespace {

std::vector<std::int32_t> scanned(const std::vector<std::int32_t>& values) {
  std::vector<std::int32_t> sums(values.size());
  exclusive_scan(cpu_exec, values.data(), static_cast<std::int64_t>(values.size()), sums.data());
  return sums;
}

TEST(ExclusiveScan, sums_of_the_values_before) {
  EXPECT_EQ(scanned({3, 1, 4, 1, 5}), (std::vector<std::int32_t>{0, 3, 4, 8, 9}));
  EXPECT_EQ(scanned({7}), (std::vector<std::int32_t>{0}));
  EXPECT_EQ(scanned({}), (std::vector<std::int32_t>{}));
}

TEST(ExclusiveScan, in_place_and_long_for_any_number_of_threads) {
  const std::int32_t size = 1200001;
  for (const int count : {1, 2, 3}) {
    const OmpThreads threads(count);
    std::vector<std::int32_t> values(size, 2);

    exclusive_scan(cpu_exec, values.data(), size, values.data());

    for (std::int32_t i = 0; i < size; ++i) {
      ASSERT_EQ(values[static_cast<std::size_t>(i)], 2 * i) << count << " threads";
    }
  }
}

}  // namespace
}  // namespace bramble
