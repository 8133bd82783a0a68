#pragma once

#include <cmath>

namespace bramble {

// out[x] = sum over i of weights[i] rows[i][x], on the CPU. Taps are added in order, a dozen at a
// time in registers, with fused multiply-adds, so that the loop over x is limited by its loads
// alone. `out` is none of the rows.
namespace detail {

template <int count>
inline void add_weighted_rows(const float* const* rows, const float* weights, bool is_first,
                              float* out, int size) noexcept {
  float weight[count];
  const float* row[count];
  for (int i = 0; i < count; ++i) {
    weight[i] = weights[i];
    row[i] = rows[i];
  }
  if (is_first) {
#pragma omp simd
    for (int x = 0; x < size; ++x) {
      float total = weight[0] * row[0][x];
      for (int i = 1; i < count; ++i) {
        total = std::fma(weight[i], row[i][x], total);
      }
      out[x] = total;
    }
    return;
  }
#pragma omp simd
  for (int x = 0; x < size; ++x) {
    float total = out[x];
    for (int i = 0; i < count; ++i) {
      total = std::fma(weight[i], row[i][x], total);
    }
    out[x] = total;
  }
}

inline constexpr int max_rows_at_once = 12;

template <int count = max_rows_at_once>
inline void add_weighted_rows_of(int num_rows, const float* const* rows, const float* weights,
                                 bool is_first, float* out, int size) noexcept {
  if constexpr (count > 1) {
    if (num_rows < count) {
      add_weighted_rows_of<count - 1>(num_rows, rows, weights, is_first, out, size);
      return;
    }
  }
  add_weighted_rows<count>(rows, weights, is_first, out, size);
}

}  // namespace detail

inline void weighted_rows(int num_rows, const float* const* rows, const float* weights, float* out,
                          int size) noexcept {
  for (int first = 0; first < num_rows; first += detail::max_rows_at_once) {
    const int left = num_rows - first;
    detail::add_weighted_rows_of(left < detail::max_rows_at_once ? left : detail::max_rows_at_once,
                                 rows + first, weights + first, first == 0, out, size);
  }
}

}  // namespace bramble
