#include "pipeline/stack/noise_model.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/middle_value.hpp"
#include "pipeline/stack/mean_variance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

namespace bramble {

namespace {

constexpr std::int64_t target_samples = 1'000'000;

// variance = slope x (mean - offset) + at_offset
struct Line {
  double slope = 0;
  double at_offset = 0;
};

// Weighted sums over the bins; x is the mean above the offset, y the variance. The weights are 1 /
// variance^2, so that the bright bins do not rule the dark ones.
struct Sums {
  double w = 0;
  double x = 0;
  double y = 0;
  double xx = 0;
  double xy = 0;
};

Sums sum_up(const std::vector<MeanVariance>& bins, double offset) {
  Sums sums;
  for (const MeanVariance& bin : bins) {
    const double w = 1 / std::max(bin.variance * bin.variance, 0.25);
    const double x = bin.mean - offset;
    sums.w += w;
    sums.x += w * x;
    sums.y += w * bin.variance;
    sums.xx += w * x * x;
    sums.xy += w * x * bin.variance;
  }
  return sums;
}

// The line of least squares; flat where the bins do not tell.
Line fit_line(const std::vector<MeanVariance>& bins, double offset) {
  const Sums sums = sum_up(bins, offset);
  if (!(sums.w > 0)) {
    return {};
  }
  const double determinant = sums.w * sums.xx - sums.x * sums.x;
  const bool has_line = bins.size() >= 3 && determinant > 1e-9 * sums.w * sums.xx;
  const double slope =
      has_line ? std::max(0.0, (sums.w * sums.xy - sums.x * sums.y) / determinant) : 0.0;
  return {slope, (sums.y - slope * sums.x) / sums.w};
}

// The same with what is known kept, and never a negative variance at the offset: there a line that
// would have one goes through zero.
Line fit_noise(const std::vector<MeanVariance>& bins, double offset, std::optional<double> gain,
               std::optional<double> read_variance) {
  const Sums sums = sum_up(bins, offset);
  const auto slope_through = [&](double at_offset) {
    return sums.xx > 0 ? std::max(0.0, (sums.xy - at_offset * sums.x) / sums.xx) : 0.0;
  };
  if (gain) {
    const double at_offset = sums.w > 0 ? (sums.y - *gain * sums.x) / sums.w : 0;
    return {*gain, read_variance.value_or(std::max(0.0, at_offset))};
  }
  if (read_variance) {
    return {slope_through(*read_variance), *read_variance};
  }
  const Line line = fit_line(bins, offset);
  return line.at_offset >= 0 ? line : Line{slope_through(0), 0};
}

// Where the line says that nothing scatters any more: the offset, less the little that read noise
// is worth. Not below the darkest voxel nor above the dark part.
double offset_of(const std::vector<MeanVariance>& bins, double lowest, double background) {
  const Line line = fit_line(bins, lowest);
  const double none = line.slope > 0 ? lowest - line.at_offset / line.slope : lowest;
  return std::clamp(none, lowest, background);
}

// What one pass over a stack gives.
struct Survey {
  std::vector<double> sample;  // some million of its values
  std::int64_t num_saturated = 0;
};

template <class Count>
Survey survey(VolumeView<const Count> counts, float saturation) {
  const std::int64_t size = counts.extent.num_voxels();
  const std::int64_t stride = std::max<std::int64_t>(1, size / target_samples);
  Survey found;
  for (std::int64_t i = 0; i < size; ++i) {
    const auto value = static_cast<float>(counts.data[i]);
    found.num_saturated += value >= saturation ? 1 : 0;
    if (!std::isfinite(value)) {
      throw DataError(
          "the stack holds values that are not finite (found at voxel " + std::to_string(i) +
          " in storage order; expected counts); write it again from the microscope's file");
    }
    if (i % stride == 0) {
      found.sample.push_back(static_cast<double>(value));
    }
  }
  return found;
}

}  // namespace

float NoiseModel::noise_counts(float counts) const noexcept {
  const float light = std::max(0.0f, counts - offset_counts);
  return std::sqrt(std::max(gain_counts * light + read_variance_counts, 0.1f));
}

float saturation_counts(const Acquisition& acquisition) noexcept {
  return acquisition.saturation_value.value_or(std::numeric_limits<float>::infinity());
}

NoiseModel estimate_noise(CountsView counts, const Acquisition& acquisition) {
  const float saturation = saturation_counts(acquisition);
  auto [values, num_saturated] =
      counts.visit([&](auto voxels) { return survey(voxels, saturation); });
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  if (values.empty() || *low == *high) {
    throw DataError(
        "the stack is constant (every sampled voxel has one value; expected an image); check the "
        "export");
  }
  NoiseModel model;
  const double lowest = *low;
  model.background_counts = static_cast<float>(middle_value(std::move(values)));
  model.saturation_frac = static_cast<float>(static_cast<double>(num_saturated) /
                                             static_cast<double>(counts.extent.num_voxels()));
  const std::vector<MeanVariance> bins = mean_variance(counts, saturation);
  model.offset_counts = acquisition.offset_counts.value_or(
      static_cast<float>(offset_of(bins, lowest, static_cast<double>(model.background_counts))));
  std::optional<double> read_variance;
  if (acquisition.read_noise_counts) {
    read_variance = std::pow(static_cast<double>(*acquisition.read_noise_counts), 2);
  }
  const Line line = fit_noise(bins, static_cast<double>(model.offset_counts),
                              acquisition.gain_counts, read_variance);
  model.gain_counts = static_cast<float>(line.slope);
  model.read_variance_counts = static_cast<float>(line.at_offset);
  return model;
}

}  // namespace bramble
