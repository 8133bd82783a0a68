#include "kernels/restore/psf_centre.hpp"

#include "kernels/core/error.hpp"

#include <algorithm>

namespace bramble {

Position psf_centre(VolumeView<const float> values) {
  constexpr double floor_frac = 0.2;
  const std::int64_t num_voxels = values.extent.num_voxels();
  const float peak = num_voxels > 0 ? *std::max_element(values.data, values.data + num_voxels) : 0;
  if (!(peak > 0)) {
    throw DataError("no value of the PSF is above its background, expected one bright spot");
  }
  Position weighted;
  double total = 0;
  for (std::int64_t i = 0; i < num_voxels; ++i) {
    const double above = static_cast<double>(values.data[i]) - floor_frac * peak;
    if (above > 0) {
      weighted = weighted + position_of(values.extent.voxel(i), values.spacing) * above;
      total += above;
    }
  }
  return weighted * (1 / total);
}

}  // namespace bramble
