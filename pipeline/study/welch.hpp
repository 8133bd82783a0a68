#pragma once

#include "pipeline/records/identity.hpp"

#include <vector>

namespace bramble {

// Size, mean and standard deviation of a sample. The deviation is NaN below two values.
struct SampleMoments {
  int size = 0;
  double mean = not_available;
  double sd = not_available;
};

SampleMoments sample_moments(const std::vector<double>& values);

struct Interval {
  double low = not_available;
  double high = not_available;
};

// Student's interval of the mean: mean +- t(n - 1) sd / sqrt(n). NaN below two values. `confidence`
// in (0, 1).
Interval mean_interval(const SampleMoments& sample, double confidence);

// The difference of two means and what can be said of it.
struct MeanDifference {
  double estimate = not_available;
  double se = not_available;
  double df = not_available;
  Interval interval;
  double hedges_g = not_available;
};

// mean(a) - mean(b) for samples with unequal variances:
//   se^2 = s_a^2 / n_a + s_b^2 / n_b,  df = se^4 / ((s_a^2 / n_a)^2 / (n_a - 1) + (s_b^2 / n_b)^2 /
//   (n_b - 1)).
// Hedges' g = (1 - 3 / (4 (n_a + n_b) - 9)) estimate / pooled sd. All but the estimate are NaN when
// a sample has fewer than two values; df and interval also when neither varies, g when the pooled
// deviation is 0. Welch 1947, doi 10.1093/biomet/34.1-2.28; Hedges 1981,
// doi 10.3102/10769986006002107.
MeanDifference welch_difference(const SampleMoments& a, const SampleMoments& b, double confidence);

}  // namespace bramble
