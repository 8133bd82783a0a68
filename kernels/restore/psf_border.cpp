#include "kernels/restore/psf_border.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace bramble {

namespace {

bool is_at_border(Voxel v, Extent extent) {
  const auto at_end = [](int i, int size) { return size > 2 && (i == 0 || i == size - 1); };
  return at_end(v.z, extent.z) || at_end(v.y, extent.y) || at_end(v.x, extent.x);
}

// Puts the values in another order.
float median_of(std::vector<float>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

PsfBorder psf_border(VolumeView<const float> psf) {
  std::vector<float> values;
  for (std::int64_t i = 0; i < psf.extent.num_voxels(); ++i) {
    if (is_at_border(psf.extent.voxel(i), psf.extent)) {
      values.push_back(psf.data[i]);
    }
  }
  if (values.empty()) {
    return {};
  }
  constexpr float sigma_per_deviation = 1.4826f;
  PsfBorder border;
  border.brightest = *std::max_element(values.begin(), values.end());
  border.level = median_of(values);
  for (float& value : values) {
    value = std::abs(value - border.level);
  }
  border.scatter = sigma_per_deviation * median_of(values);
  return border;
}

}  // namespace bramble
