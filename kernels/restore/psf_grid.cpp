#include "kernels/restore/psf_grid.hpp"

#include "kernels/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace bramble {

int samples_within(double distance_um, double spacing_um) {
  constexpr double rounding = 1e-4;  // spacings are floats
  return static_cast<int>(std::floor(distance_um / spacing_um + rounding));
}

double sum_of(VolumeView<const float> values) {
  double sum = 0;
  for (std::int64_t i = 0; i < values.extent.num_voxels(); ++i) {
    sum += static_cast<double>(values.data[i]);
  }
  return sum;
}

void make_sum_one(VolumeView<float> values) {
  const double sum = sum_of(values);
  if (!(sum > 0 && std::isfinite(sum))) {
    throw DataError("the values of the PSF sum to " + std::to_string(sum) +
                    ", expected a positive number; it holds no bright spot");
  }
  for (std::int64_t i = 0; i < values.extent.num_voxels(); ++i) {
    values.data[i] = static_cast<float>(static_cast<double>(values.data[i]) / sum);
  }
}

void clip_negative(VolumeView<float> values) {
  for (std::int64_t i = 0; i < values.extent.num_voxels(); ++i) {
    values.data[i] = std::max(values.data[i], 0.0f);
  }
}

void check_spacing(Spacing spacing) {
  for (const float axis_um : {spacing.z_um, spacing.y_um, spacing.x_um}) {
    require(axis_um > 0 && std::isfinite(axis_um),
            "the voxel spacing is " + std::to_string(spacing.z_um) + " x " +
                std::to_string(spacing.y_um) + " x " + std::to_string(spacing.x_um) +
                " um (z, y, x), expected positive numbers");
  }
}

}  // namespace bramble
