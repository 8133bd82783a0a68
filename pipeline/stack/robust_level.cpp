#include "pipeline/stack/robust_level.hpp"

#include "pipeline/stack/middle_value.hpp"

#include <algorithm>
#include <vector>

namespace bramble {

namespace {

constexpr std::int64_t target_samples = 1'000'000;
constexpr float sigma_per_mad = 1.4826f;

}  // namespace

RobustLevel robust_level(VolumeView<const float> values) {
  const std::int64_t size = values.extent.num_voxels();
  require(size > 0, "an empty volume has no level");
  // An odd stride, so that the sample does not keep to a few columns of x.
  const std::int64_t stride = std::max<std::int64_t>(1, size / target_samples) | 1;
  std::vector<float> sample;
  for (std::int64_t i = 0; i < size; i += stride) {
    sample.push_back(values.data[i]);
  }
  const float median = middle_value(sample);
  std::vector<float> below;
  for (const float value : sample) {
    if (value <= median) {
      below.push_back(median - value);
    }
  }
  return {median, sigma_per_mad * middle_value(std::move(below))};
}

}  // namespace bramble
