#include "kernels/core/reduce.hpp"

#include "kernels/core/for_each_voxel.hpp"
#include "kernels/core/thrust_policy.hpp"

#include <thrust/functional.h>
#include <thrust/reduce.h>

namespace bramble {

namespace {

struct SumRow {
  VolumeView<const float> volume;
  double* row_sums;

  BRAMBLE_HD void operator()(std::int64_t row) const noexcept {
    const float* values = volume.data + row * volume.extent.x;
    double total = 0;
    for (int x = 0; x < volume.extent.x; ++x) {
      total += static_cast<double>(values[x]);
    }
    row_sums[row] = total;
  }
};

template <class T>
struct Larger {
  BRAMBLE_HD T operator()(T a, T b) const noexcept { return a < b ? b : a; }
};

struct Smaller {
  BRAMBLE_HD std::int32_t operator()(std::int32_t a, std::int32_t b) const noexcept {
    return b < a ? b : a;
  }
};

template <class T>
T maximum_of(const Exec& exec, const T* values, std::int64_t n, T lowest) {
  return with_thrust_policy(exec, n, [&](const auto& policy) {
    return thrust::reduce(policy, values, values + n, lowest, Larger<T>{});
  });
}

}  // namespace

std::int64_t sum(const Exec& exec, const std::int32_t* values, std::int64_t n) {
  return with_thrust_policy(exec, n, [&](const auto& policy) {
    return thrust::reduce(policy, values, values + n, std::int64_t{0},
                          thrust::plus<std::int64_t>());
  });
}

float maximum(const Exec& exec, const float* values, std::int64_t n, float lowest) {
  return maximum_of(exec, values, n, lowest);
}

std::int32_t maximum(const Exec& exec, const std::int32_t* values, std::int64_t n,
                     std::int32_t lowest) {
  return maximum_of(exec, values, n, lowest);
}

std::int32_t minimum(const Exec& exec, const std::int32_t* values, std::int64_t n,
                     std::int32_t highest) {
  return with_thrust_policy(exec, n, [&](const auto& policy) {
    return thrust::reduce(policy, values, values + n, highest, Smaller{});
  });
}

double sum(const Exec& exec, VolumeView<const float> volume, Array<double>& row_sums) {
  row_sums.resize(volume.extent.num_rows());
  for_each_index(exec, row_sums.size(), SumRow{volume, row_sums.data()});
  Array<double> on_host;
  copy(exec, row_sums, on_host);
  double total = 0;
  for (const double row : on_host) {
    total += row;
  }
  return total;
}

}  // namespace bramble
