#include "pipeline/study/permutation.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/phantom/random.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace bramble {

namespace {

constexpr std::int64_t max_exact_splits = 20000;
constexpr std::int64_t num_draws = 9999;
constexpr std::uint64_t draw_key = 20160929;  // any fixed number: the same draws in every run

// n choose k, or max_exact_splits + 1 when it is larger.
std::int64_t num_splits_of(std::int64_t n, std::int64_t k) {
  std::int64_t splits = 1;
  for (std::int64_t i = 1; i <= std::min(k, n - k); ++i) {
    splits = splits * (n - i + 1) / i;
    if (splits > max_exact_splits) {
      return max_exact_splits + 1;
    }
  }
  return splits;
}

// The pooled values, ascending, and what a split is compared with. For given sizes the difference
// of means grows with the sum over the first group, so sums are compared.
struct Pool {
  std::vector<double> values;
  std::size_t size_a = 0;
  double expected_sum = 0;        // of the first group, over all splits
  double observed_deviation = 0;  // of its sum from that
  double tolerance = 0;           // sums of the same values in another order are the same sum

  bool as_extreme(double sum_a) const {
    return std::abs(sum_a - expected_sum) >= observed_deviation - tolerance;
  }
};

Pool make_pool(std::vector<double> a, std::vector<double> b) {
  std::sort(a.begin(), a.end());
  double sum_a = 0;
  for (const double value : a) {
    sum_a += value;
  }
  Pool pool;
  pool.size_a = a.size();
  pool.values = std::move(a);
  pool.values.insert(pool.values.end(), b.begin(), b.end());
  std::sort(pool.values.begin(), pool.values.end());
  double total = 0;
  double magnitude = 0;
  for (const double value : pool.values) {
    total += value;
    magnitude += std::abs(value);
  }
  pool.expected_sum =
      total * static_cast<double>(pool.size_a) / static_cast<double>(pool.values.size());
  pool.observed_deviation = std::abs(sum_a - pool.expected_sum);
  pool.tolerance = 1e-12 * magnitude;
  return pool;
}

std::int64_t count_extreme_splits(const Pool& pool) {
  std::vector<int> in_a(pool.values.size(), 0);
  std::fill(in_a.end() - static_cast<std::ptrdiff_t>(pool.size_a), in_a.end(), 1);
  std::int64_t extreme = 0;
  do {
    double sum_a = 0;
    for (std::size_t i = 0; i < in_a.size(); ++i) {
      sum_a += in_a[i] == 1 ? pool.values[i] : 0;
    }
    extreme += pool.as_extreme(sum_a) ? 1 : 0;
  } while (std::next_permutation(in_a.begin(), in_a.end()));
  return extreme;
}

// The draw is the first `size_a` steps of a Fisher-Yates shuffle.
double draw_sum(const Pool& pool, std::int64_t draw) {
  Random random(draw_key, static_cast<std::uint64_t>(draw));
  std::vector<double> values = pool.values;
  double sum_a = 0;
  for (std::size_t i = 0; i < pool.size_a; ++i) {
    const std::size_t left = values.size() - i;
    const auto step = static_cast<std::size_t>(random.uniform() * static_cast<double>(left));
    std::swap(values[i], values[i + std::min(step, left - 1)]);
    sum_a += values[i];
  }
  return sum_a;
}

}  // namespace

PermutationResult permutation_test(std::vector<double> a, std::vector<double> b) {
  require(!a.empty() && !b.empty(), "a permutation test needs at least one value on each side");
  const Pool pool = make_pool(std::move(a), std::move(b));
  PermutationResult result;
  result.num_splits = num_splits_of(static_cast<std::int64_t>(pool.values.size()),
                                    static_cast<std::int64_t>(pool.size_a));
  result.exact = result.num_splits <= max_exact_splits;
  std::int64_t extreme = 0;
  if (result.exact) {
    extreme = count_extreme_splits(pool);
  } else {
    result.num_splits = num_draws + 1;
    extreme = 1;
    for (std::int64_t draw = 0; draw < num_draws; ++draw) {
      extreme += pool.as_extreme(draw_sum(pool, draw)) ? 1 : 0;
    }
  }
  result.p = static_cast<double>(extreme) / static_cast<double>(result.num_splits);
  return result;
}

}  // namespace bramble
