#include "pipeline/stack/noise_model.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/stack/middle_value.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace bramble {

namespace {

constexpr std::int64_t target_samples = 1'000'000;
constexpr int num_bins = 24;
constexpr std::size_t smallest_bin = 200;
constexpr double lowest_quantile = 0.3;
constexpr double highest_quantile = 0.999;
constexpr double sigma_per_mad = 1.4826;

// A flat neighbourhood: its mean, and the difference of two of its voxels that a narrow PSF does
// not tie together.
struct Sample {
  float mean;
  float difference;
};

int sample_stride(const Extent& extent) {
  return std::max(1, static_cast<int>(extent.num_voxels() / target_samples));
}

std::vector<Sample> gather(VolumeView<const float> counts) {
  const Extent extent = counts.extent;
  const int stride = sample_stride(extent);
  std::vector<Sample> samples;
  std::int64_t visited = 0;
  for (int z = 0; z < extent.z; ++z) {
    for (int y = 1; y + 1 < extent.y; ++y) {
      for (int x = 2; x + 2 < extent.x; ++x) {
        if (visited++ % stride != 0) {
          continue;
        }
        float total = 0;
        for (int dy = -1; dy <= 1; ++dy) {
          for (int dx = -2; dx <= 2; ++dx) {
            total += counts(z, y + dy, x + dx);
          }
        }
        samples.push_back({total / 15, counts(z, y, x + 1) - counts(z, y, x - 1)});
      }
    }
  }
  return samples;
}

// One point of the line of variance over mean.
struct Bin {
  double mean;
  double variance;
};

std::vector<Bin> bin_by_mean(std::vector<Sample> samples) {
  std::stable_sort(samples.begin(), samples.end(),
                   [](const Sample& a, const Sample& b) { return a.mean < b.mean; });
  std::vector<Bin> bins;
  for (int i = 0; i < num_bins; ++i) {
    const auto at = [&](int k) {
      const double quantile = lowest_quantile + (highest_quantile - lowest_quantile) * k / num_bins;
      return static_cast<std::size_t>(quantile * static_cast<double>(samples.size()));
    };
    if (at(i + 1) - at(i) < smallest_bin) {
      continue;
    }
    double mean = 0;
    double square = 0;
    std::vector<double> sizes;
    for (std::size_t k = at(i); k < at(i + 1); ++k) {
      mean += samples[k].mean;
      square += static_cast<double>(samples[k].difference) * samples[k].difference;
      sizes.push_back(std::abs(samples[k].difference));
    }
    const double count = static_cast<double>(sizes.size());
    const double robust = sigma_per_mad * middle_value(std::move(sizes));
    // Counts of a few steps have no useful median of differences: there the plain variance is
    // taken.
    const double variance = robust * robust > 4 ? robust * robust / 2 : square / count / 2;
    bins.push_back({mean / count, variance});
  }
  return bins;
}

// Least squares with weights 1 / variance^2, so that the bright bins do not rule the dark ones.
void fit_line(const std::vector<Bin>& bins, double offset, NoiseModel& model) {
  double sw = 0;
  double sx = 0;
  double sy = 0;
  double sxx = 0;
  double sxy = 0;
  for (const Bin& bin : bins) {
    const double w = 1 / std::max(bin.variance * bin.variance, 0.25);
    const double x = bin.mean - offset;
    sw += w;
    sx += w * x;
    sy += w * bin.variance;
    sxx += w * x * x;
    sxy += w * x * bin.variance;
  }
  const double determinant = sw * sxx - sx * sx;
  const bool has_line = bins.size() >= 3 && determinant > 1e-9 * sw * sxx;
  const double slope = has_line ? std::max(0.0, (sw * sxy - sx * sy) / determinant) : 0.0;
  const double at_zero = sw > 0 ? (sy - slope * sx) / sw : 0;
  model.gain_counts = static_cast<float>(slope);
  model.read_variance_counts = static_cast<float>(std::max(0.0, at_zero));
}

}  // namespace

float NoiseModel::noise_counts(float counts) const noexcept {
  const float light = std::max(0.0f, counts - offset_counts);
  return std::sqrt(std::max(gain_counts * light + read_variance_counts, 0.1f));
}

NoiseModel estimate_noise(VolumeView<const float> counts, const Acquisition& acquisition) {
  const std::int64_t size = counts.extent.num_voxels();
  const int stride = sample_stride(counts.extent);
  std::vector<double> values;
  std::int64_t saturated = 0;
  const float saturation = acquisition.saturation_value.value_or(INFINITY);
  for (std::int64_t i = 0; i < size; ++i) {
    saturated += counts.data[i] >= saturation ? 1 : 0;
    if (!std::isfinite(counts.data[i])) {
      throw DataError(
          "the stack holds values that are not finite (found at voxel " + std::to_string(i) +
          " in storage order; expected counts); write it again from the microscope's file");
    }
    if (i % stride == 0) {
      values.push_back(counts.data[i]);
    }
  }
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  if (values.empty() || *low == *high) {
    throw DataError(
        "the stack is constant (every sampled voxel has one value; expected an image); check the "
        "export");
  }
  NoiseModel model;
  const double lowest = *low;
  model.background_counts = static_cast<float>(middle_value(std::move(values)));
  model.offset_counts = acquisition.offset_counts.value_or(static_cast<float>(lowest));
  model.saturation_frac =
      static_cast<float>(static_cast<double>(saturated) / static_cast<double>(size));
  fit_line(bin_by_mean(gather(counts)), model.offset_counts, model);
  return model;
}

}  // namespace bramble
