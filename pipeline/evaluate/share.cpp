#include "pipeline/evaluate/share.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace bramble {

Share share_of(int part, int whole) {
  Share share{.part = part, .whole = whole};
  if (whole == 0) {
    return share;
  }
  constexpr double z = 1.959963984540054;  // 97.5 % of a standard normal lie below
  const double n = whole;
  const double p = part / n;
  const double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
  const double reach = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  share.frac = p;
  share.ci_low = std::max(0.0, middle - reach);
  share.ci_high = std::min(1.0, middle + reach);
  return share;
}

double f1_of(double precision, double recall) {
  if (precision == 0 && recall == 0) {
    return 0;
  }
  return 2 * precision * recall / (precision + recall);
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) {
    sum += value;
  }
  return values.empty() ? not_available : sum / static_cast<double>(values.size());
}

double quantile(std::vector<double> values, double frac) {
  if (values.empty()) {
    return not_available;
  }
  std::sort(values.begin(), values.end());
  const double rank = frac * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(rank);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  const double part = rank - static_cast<double>(below);
  return values[below] * (1 - part) + values[above] * part;
}

}  // namespace bramble
