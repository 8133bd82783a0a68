#include "kernels/restore/psf_border.hpp"

#include "kernels/core/middle_value.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace bramble {

namespace {

bool is_at_border(Voxel v, Extent extent) {
  const auto at_end = [](int i, int size) { return size > 2 && (i == 0 || i == size - 1); };
  return at_end(v.z, extent.z) || at_end(v.y, extent.y) || at_end(v.x, extent.x);
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
  PsfBorder border;
  border.brightest = *std::max_element(values.begin(), values.end());
  border.level = middle_value(values);
  for (float& value : values) {
    value = std::abs(value - border.level);
  }
  border.scatter = static_cast<float>(sigma_per_median_deviation) * middle_value(std::move(values));
  return border;
}

}  // namespace bramble
