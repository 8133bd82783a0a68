#pragma once

#include "kernels/restore/taps.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {

// The rows that a blur across rows adds up, on the CPU, for one or for two neighbouring results:
//   out[0][x] = sum over i in [first, end) of tap[i] row[i - first][x]
//   out[1][x] = the same with tap[i - 1]
// where a tap that does not exist counts 0. Neighbours share all rows but one, so that a value once
// loaded serves both. Taps are added in order, with fused multiply-adds, a few at a time in
// registers.
struct WeightedRows {
  // Two results need a row more than there are taps.
  static constexpr int max_rows = Taps::max_taps + 1;
  int first = 0;
  int end = 0;
  const float* row[max_rows];
};

namespace detail {

inline float tap_or_zero(const Taps& taps, int i) noexcept {
  return i >= 0 && i < taps.num_taps ? taps.tap[i] : 0;
}

// Adds rows [from, from + count) of them, to nothing when they are the first.
template <int num_results, bool is_first, int count>
inline void add_some_rows(const Taps& taps, const WeightedRows& rows, int from, float* const* out,
                          int size) noexcept {
  float weight[count + 1];
  const float* row[count];
  weight[0] = tap_or_zero(taps, rows.first + from - 1);
  for (int i = 0; i < count; ++i) {
    weight[i + 1] = tap_or_zero(taps, rows.first + from + i);
    row[i] = rows.row[from + i];
  }
  float* const out_a = out[0];
  float* const out_b = out[num_results - 1];
#pragma omp simd
  for (int x = 0; x < size; ++x) {
    float total_a = is_first ? 0.0f : out_a[x];
    float total_b = is_first ? 0.0f : out_b[x];
    for (int i = 0; i < count; ++i) {
      total_a = std::fma(weight[i + 1], row[i][x], total_a);
      total_b = std::fma(weight[i], row[i][x], total_b);
    }
    out_a[x] = total_a;
    if constexpr (num_results == 2) {
      out_b[x] = total_b;
    }
  }
}

// So many that pointers and weights stay in registers.
inline constexpr int max_rows_at_once = 10;

template <int num_results, bool is_first, int count = max_rows_at_once>
inline void add_some_rows_of(int num_rows, const Taps& taps, const WeightedRows& rows, int from,
                             float* const* out, int size) noexcept {
  if constexpr (count > 1) {
    if (num_rows < count) {
      add_some_rows_of<num_results, is_first, count - 1>(num_rows, taps, rows, from, out, size);
      return;
    }
  }
  add_some_rows<num_results, is_first, count>(taps, rows, from, out, size);
}

// In parts of about the same size.
template <int num_results>
inline void add_all_rows(const Taps& taps, const WeightedRows& rows, float* const* out,
                         int size) noexcept {
  const int num_rows = rows.end - rows.first;
  const int num_parts = (num_rows + max_rows_at_once - 1) / max_rows_at_once;
  for (int part = 0; part < num_parts; ++part) {
    const int from = num_rows * part / num_parts;
    const int count = num_rows * (part + 1) / num_parts - from;
    if (part == 0) {
      add_some_rows_of<num_results, true>(count, taps, rows, from, out, size);
    } else {
      add_some_rows_of<num_results, false>(count, taps, rows, from, out, size);
    }
  }
}

}  // namespace detail

// One result or two, of `size` values; none of them is one of the rows.
inline void add_weighted_rows(const Taps& taps, const WeightedRows& rows, int num_results,
                              float* const* out, int size) noexcept {
  if (num_results == 2) {
    detail::add_all_rows<2>(taps, rows, out, size);
  } else {
    detail::add_all_rows<1>(taps, rows, out, size);
  }
}

// Results are made two at a time, so that each row that a blur reads serves both.
inline int rows_from(int first, int size) { return std::min(2, size - first); }

// The rows of a blur that results [first, first + count) of it need; row_at(i) points to row i.
template <class RowAt>
WeightedRows rows_of_blur(const Taps& taps, int first, int count, const RowAt& row_at) {
  WeightedRows rows;
  rows.end = taps.num_taps + count - 1;
  for (int i = 0; i < rows.end; ++i) {
    rows.row[i] = row_at(first + i);
  }
  return rows;
}

// The same for the transposed blur of `size` rows. The last result comes first.
template <class RowAt>
WeightedRows rows_of_transposed(const Taps& taps, int last, int count, int size,
                                const RowAt& row_at) {
  WeightedRows rows;
  rows.first = std::max(0, last - size + 1);
  rows.end = std::min(last + 1, taps.num_taps + count - 1);
  for (int i = rows.first; i < rows.end; ++i) {
    rows.row[i - rows.first] = row_at(last - i);
  }
  return rows;
}

// Asks for a row that is needed soon. The rows of other planes begin where no stream of the
// processor's own prefetching leads.
inline void prefetch_row(const float* row, int size) noexcept {
  constexpr int floats_per_line = 16;
  for (int x = 0; x < size; x += floats_per_line) {
    __builtin_prefetch(row + x);
  }
}

}  // namespace bramble
