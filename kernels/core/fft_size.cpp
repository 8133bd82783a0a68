#include "kernels/core/fft_size.hpp"

#include "kernels/core/error.hpp"

namespace bramble {

namespace {

constexpr int smallest_table_size = 6;
constexpr int row_multiple = 8;

bool has_only_small_factors(int n) {
  for (const int factor : {2, 3, 5, 7}) {
    while (n % factor == 0) {
      n /= factor;
    }
  }
  return n == 1;
}

bool is_power_of_two(int n) { return (n & (n - 1)) == 0; }

}  // namespace

int fast_fft_size(int at_least) {
  require(at_least > 0, "a transform needs at least one sample");
  if (at_least < smallest_table_size) {
    return at_least;
  }
  int size = at_least;
  while (!has_only_small_factors(size) || is_power_of_two(size)) {
    ++size;
  }
  return size;
}

int fast_fft_row_size(int at_least) {
  require(at_least > 0, "a transform needs at least one sample");
  int size = (at_least + row_multiple - 1) / row_multiple * row_multiple;
  while (!has_only_small_factors(size) || is_power_of_two(size)) {
    size += row_multiple;
  }
  return size;
}

}  // namespace bramble
