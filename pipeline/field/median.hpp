#pragma once

#include <vector>

namespace bramble {

// The middle value, the mean of the two middle ones of an even number; 0 of none.
double median(std::vector<double> values);

struct WeightedValue {
  double value = 0;
  double weight = 0;
};

// The lowest value with at least half of the weight at or below it; at least one weight is
// positive.
double weighted_median(std::vector<WeightedValue> values);

}  // namespace bramble
