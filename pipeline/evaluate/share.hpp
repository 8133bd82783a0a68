#pragma once

#include "pipeline/records/evaluation.hpp"

#include <vector>

// The few numbers that all scores are made of.
namespace bramble {

// part / whole with Wilson's 95 % interval, NaN for a whole of 0 (Wilson 1927,
// doi 10.1080/01621459.1927.10502953).
Share share_of(int part, int whole);

// 2 p r / (p + r); 0 when both are 0, NaN when one is NaN.
double f1_of(double precision, double recall);

double mean_of(const std::vector<double>& values);  // NaN for none

// The value below which `frac` of the sorted values lie, linear between ranks (as numpy's default);
// NaN for none.
double quantile(std::vector<double> values, double frac);

}  // namespace bramble
