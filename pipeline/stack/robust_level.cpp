#include "pipeline/stack/robust_level.hpp"

#include "kernels/core/middle_value.hpp"

#include <algorithm>
#include <utility>

namespace bramble {

namespace {

constexpr std::int64_t target_samples = 1'000'000;

std::vector<float> sample_of(VolumeView<const float> values) {
  const std::int64_t size = values.extent.num_voxels();
  require(size > 0, "an empty volume has no level");
  // An odd stride, so that the sample does not keep to a few columns of x.
  const std::int64_t stride = std::max<std::int64_t>(1, size / target_samples) | 1;
  std::vector<float> sample;
  for (std::int64_t i = 0; i < size; i += stride) {
    sample.push_back(values.data[i]);
  }
  return sample;
}

}  // namespace

RobustLevel robust_level(VolumeView<const float> values) {
  const std::vector<float> sample = sample_of(values);
  const float median = middle_value(sample);
  return {median, sigma_below(sample, median)};
}

float median_positive(VolumeView<const float> response) {
  std::vector<float> sample = sample_of(response);
  std::erase_if(sample, [](float value) { return !(value > 0); });
  return sample.empty() ? 0 : middle_value(std::move(sample));
}

float sigma_below(const std::vector<float>& values, float centre) {
  std::vector<float> below;
  for (const float value : values) {
    if (value <= centre) {
      below.push_back(centre - value);
    }
  }
  return below.empty()
             ? 0
             : static_cast<float>(sigma_per_median_deviation) * middle_value(std::move(below));
}

}  // namespace bramble
