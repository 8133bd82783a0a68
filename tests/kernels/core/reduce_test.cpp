#include "kernels/core/reduce.hpp"

#include "tests/kernels/execs.hpp"
#include "tests/kernels/omp_threads.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace bramble {
namespace {

constexpr std::int32_t largest = std::numeric_limits<std::int32_t>::max();

TEST(Sum, integers_beyond_32_bits) {
  const std::vector<std::int32_t> values{largest, largest, -5, largest};

  EXPECT_EQ(sum(cpu_exec, values.data(), 4), 3 * std::int64_t{largest} - 5);
  EXPECT_EQ(sum(cpu_exec, values.data(), 1), std::int64_t{largest});
  EXPECT_EQ(sum(cpu_exec, values.data(), 0), 0);
}

TEST(Sum, long_arrays_for_any_number_of_threads) {
  const std::vector<std::int32_t> values(1200001, 3);
  for (const int count : {1, 2, 3}) {
    const OmpThreads threads(count);
    EXPECT_EQ(sum(cpu_exec, values.data(), 1200001), 3600003) << count << " threads";
  }
}

TEST(Extremes, of_short_arrays) {
  const std::vector<std::int32_t> integers{4, -7, 9, 9, 0};
  const std::vector<float> floats{-4.5f, -0.5f, -3.0f};

  EXPECT_EQ(maximum(cpu_exec, integers.data(), 5, -100), 9);
  EXPECT_EQ(minimum(cpu_exec, integers.data(), 5, 100), -7);
  EXPECT_EQ(maximum(cpu_exec, floats.data(), 3, -100.0f), -0.5f);
}

TEST(Extremes, of_nothing_are_the_bound) {
  const std::int32_t integer = 3;
  const float number = 3;

  EXPECT_EQ(maximum(cpu_exec, &integer, 0, -100), -100);
  EXPECT_EQ(minimum(cpu_exec, &integer, 0, 100), 100);
  EXPECT_EQ(maximum(cpu_exec, &number, 0, -100.0f), -100.0f);
}

TEST(Extremes, are_found_anywhere_in_long_arrays) {
  for (const std::size_t place : {std::size_t{0}, std::size_t{700000}, std::size_t{1200000}}) {
    std::vector<std::int32_t> values(1200001, 3);
    std::vector<float> numbers(1200001, 3.0f);
    values[place] = 8;
    numbers[place] = 8.0f;
    for (const int count : {1, 2, 3}) {
      const OmpThreads threads(count);
      EXPECT_EQ(maximum(cpu_exec, values.data(), 1200001, 0), 8);
      EXPECT_EQ(maximum(cpu_exec, numbers.data(), 1200001, 0.0f), 8.0f);
    }
    values[place] = -8;
    EXPECT_EQ(minimum(cpu_exec, values.data(), 1200001, 100), -8);
  }
}

TEST(SumOfVolume, is_exact_where_float_is_not) {
  Volume<float> volume(MemorySpace::host, {1, 1, 3}, {1, 1, 1});
  volume.voxels()[0] = 16777216.0f;
  volume.voxels()[1] = 1.0f;
  volume.voxels()[2] = 1.0f;
  Array<double> row_sums;

  EXPECT_EQ(sum(cpu_exec, std::as_const(volume).view(), row_sums), 16777218.0);
}

TEST(SumOfVolume, same_bits_for_any_number_of_threads) {
  Volume<float> volume(MemorySpace::host, {70, 80, 33}, {1, 1, 1});
  for (std::int64_t i = 0; i < volume.voxels().size(); ++i) {
    volume.voxels()[i] = 1.0f / static_cast<float>(i + 1);
  }
  Array<double> row_sums;
  const OmpThreads one(1);
  const double expected = sum(cpu_exec, std::as_const(volume).view(), row_sums);

  for (const int count : {2, 3}) {
    const OmpThreads threads(count);
    EXPECT_EQ(sum(cpu_exec, std::as_const(volume).view(), row_sums), expected)
        << count << " threads";
  }
}

}  // namespace
}  // namespace bramble
