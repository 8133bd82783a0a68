#include "pipeline/study/welch.hpp"

#include "kernels/core/error.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <cmath>

namespace bramble {

namespace {

// The two-sided critical value of Student's t.
double critical_t(double df, double confidence) {
  return boost::math::quantile(
      boost::math::complement(boost::math::students_t(df), (1 - confidence) / 2));
}

void require_confidence(double confidence) {
  require(confidence > 0 && confidence < 1,
          "confidence must lie between 0 and 1, for example 0.95");
}

}  // namespace

SampleMoments sample_moments(const std::vector<double>& values) {
  SampleMoments moments;
  moments.size = static_cast<int>(values.size());
  if (values.empty()) {
    return moments;
  }
  double total = 0;
  for (const double value : values) {
    total += value;
  }
  moments.mean = total / moments.size;
  if (moments.size < 2) {
    return moments;
  }
  double squares = 0;
  for (const double value : values) {
    squares += (value - moments.mean) * (value - moments.mean);
  }
  moments.sd = std::sqrt(squares / (moments.size - 1));
  return moments;
}

Interval mean_interval(const SampleMoments& sample, double confidence) {
  require_confidence(confidence);
  if (sample.size < 2) {
    return {};
  }
  const double half = critical_t(sample.size - 1, confidence) * sample.sd / std::sqrt(sample.size);
  return {sample.mean - half, sample.mean + half};
}

MeanDifference welch_difference(const SampleMoments& a, const SampleMoments& b, double confidence) {
  require_confidence(confidence);
  MeanDifference difference;
  difference.estimate = a.mean - b.mean;
  if (a.size < 2 || b.size < 2) {
    return difference;
  }
  const double variance_a = a.sd * a.sd / a.size;
  const double variance_b = b.sd * b.sd / b.size;
  const double variance = variance_a + variance_b;
  difference.se = std::sqrt(variance);
  if (variance > 0) {
    difference.df =
        variance * variance /
        (variance_a * variance_a / (a.size - 1) + variance_b * variance_b / (b.size - 1));
    const double half = critical_t(difference.df, confidence) * difference.se;
    difference.interval = {difference.estimate - half, difference.estimate + half};
  }
  const int pooled_df = a.size + b.size - 2;
  const double pooled_sd =
      std::sqrt(((a.size - 1) * a.sd * a.sd + (b.size - 1) * b.sd * b.sd) / pooled_df);
  if (pooled_sd > 0) {
    const double small_sample = 1 - 3.0 / (4.0 * (a.size + b.size) - 9.0);
    difference.hedges_g = small_sample * difference.estimate / pooled_sd;
  }
  return difference;
}

}  // namespace bramble
