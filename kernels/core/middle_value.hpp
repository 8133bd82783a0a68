#pragma once

#include "kernels/core/error.hpp"

#include <algorithm>
#include <vector>

namespace bramble {

// The median of at least one value; of an even number the larger of the two middle ones. Linear
// cost.
template <class T>
T middle_value(std::vector<T> values) {
  require(!values.empty(), "no values have no median");
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Standard deviation of a normal distribution over its median deviation from the middle.
inline constexpr double sigma_per_median_deviation = 1.4826;

}  // namespace bramble
