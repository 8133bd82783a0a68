#include "kernels/align/axis_weights.hpp"

#include "kernels/core/fft.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bramble {

namespace {

std::vector<float> fade_along(int length, float taper_frac) {
  std::vector<float> weights(static_cast<std::size_t>(length), 1.0f);
  const double taper_vox = static_cast<double>(taper_frac) * length;
  for (int i = 0; i < length; ++i) {
    const double from_end = std::min(i, length - 1 - i) + 0.5;
    if (length > 2 && from_end < taper_vox) {
      weights[static_cast<std::size_t>(i)] =
          static_cast<float>(0.5 - 0.5 * std::cos(std::numbers::pi * from_end / taper_vox));
    }
  }
  return weights;
}

// The first `count` frequencies of a transform of `length`; 0 beyond them.
std::vector<float> low_pass_along(int length, int count, float sigma_vox) {
  std::vector<float> weights(static_cast<std::size_t>(count), 0.0f);
  for (int i = 0; i < std::min(count, length); ++i) {
    const double k =
        2 * std::numbers::pi * std::min(i, length - i) / length * static_cast<double>(sigma_vox);
    weights[static_cast<std::size_t>(i)] = static_cast<float>(std::exp(-0.5 * k * k));
  }
  return weights;
}

}  // namespace

WeightTables::WeightTables(const Exec& exec, const std::vector<float>& z,
                           const std::vector<float>& y, const std::vector<float>& x)
    : values_(exec.space()), offset_y_(z.size()), offset_x_(z.size() + y.size()) {
  Array<float> on_host(MemorySpace::host,
                       static_cast<std::int64_t>(z.size() + y.size() + x.size()));
  std::copy(z.begin(), z.end(), on_host.begin());
  std::copy(y.begin(), y.end(), on_host.begin() + offset_y_);
  std::copy(x.begin(), x.end(), on_host.begin() + offset_x_);
  copy(exec, on_host, values_);
  // The copy reads `on_host` in the order of the stream; it must be done before the host array
  // goes.
  synchronize(exec);
}

AxisWeights WeightTables::weights() const noexcept {
  return {values_.data(), values_.data() + offset_y_, values_.data() + offset_x_};
}

WeightTables fade_weights(const Exec& exec, Extent extent, float taper_frac) {
  return {exec, fade_along(extent.z, taper_frac), fade_along(extent.y, taper_frac),
          fade_along(extent.x, taper_frac)};
}

WeightTables low_pass_weights(const Exec& exec, Extent extent, float sigma_vox) {
  const Extent spectrum = Fft3d::spectrum_extent_of(extent);
  return {exec, low_pass_along(extent.z, spectrum.z, sigma_vox),
          low_pass_along(extent.y, spectrum.y, sigma_vox),
          low_pass_along(extent.x, spectrum.x, sigma_vox)};
}

}  // namespace bramble
