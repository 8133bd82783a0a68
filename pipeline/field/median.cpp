#include "pipeline/field/median.hpp"

#include <algorithm>
#include <cstddef>
#include <tuple>

namespace bramble {

double median(std::vector<double> values) {
  if (values.empty()) {
    return 0;
  }
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
}

double weighted_median(std::vector<WeightedValue> values) {
  std::sort(values.begin(), values.end(), [](const WeightedValue& a, const WeightedValue& b) {
    return std::tie(a.value, a.weight) < std::tie(b.value, b.weight);
  });
  double total = 0;
  for (const WeightedValue& value : values) {
    total += value.weight;
  }
  double below = 0;
  for (const WeightedValue& value : values) {
    below += value.weight;
    if (below >= total / 2) {
      return value.value;
    }
  }
  return values.back().value;
}

}  // namespace bramble
