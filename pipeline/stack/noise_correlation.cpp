#include "pipeline/stack/noise_correlation.hpp"

#include "kernels/core/middle_value.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace bramble {

namespace {

template <class Count>
double correlation_of(VolumeView<const Count> counts) {
  constexpr std::int64_t target_samples = 1'000'000;
  const Extent extent = counts.extent;
  if (extent.x < 4) {
    return 0;
  }
  // Four voxels in a row: their sum, and the squares of two differences.
  struct Sample {
    float sum;
    float near_square;
    float far_square;
  };
  const auto stride = std::max<std::int64_t>(1, extent.num_voxels() / target_samples);
  std::vector<Sample> samples;
  std::vector<double> sums;
  for (std::int64_t i = 0; i + 3 < extent.num_voxels(); i += stride) {
    if (i % extent.x > extent.x - 4) {
      continue;
    }
    const Count* from = counts.data + i;
    const float v[] = {static_cast<float>(from[0]), static_cast<float>(from[1]),
                       static_cast<float>(from[2]), static_cast<float>(from[3])};
    const float near = v[2] - v[1];
    const float far = v[3] - v[0];
    samples.push_back({v[0] + v[1] + v[2] + v[3], near * near, far * far});
    sums.push_back(samples.back().sum);
  }
  const double middle = middle_value(std::move(sums));
  double near_total = 0;
  double far_total = 0;
  for (const Sample& sample : samples) {
    if (sample.sum <= middle) {
      near_total += sample.near_square;
      far_total += sample.far_square;
    }
  }
  return far_total > 0 ? std::clamp(1 - near_total / far_total, 0.0, 1.0) : 0.0;
}

}  // namespace

double noise_correlation(CountsView counts) {
  return counts.visit([](auto voxels) { return correlation_of(voxels); });
}

}  // namespace bramble
