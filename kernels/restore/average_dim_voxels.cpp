#include "kernels/restore/average_dim_voxels.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {

namespace {

constexpr double num_sigmas = 3;
constexpr Extent reach{1, 2, 2};

// The mean of the dim voxels around one, or 0 when it may be noise.
double dim_mean(VolumeView<const float> values, Voxel v, double noise_sigma) {
  const Extent extent = values.extent;
  double sum = 0;
  int num_dim = 0;
  for (int z = std::max(v.z - reach.z, 0); z <= std::min(v.z + reach.z, extent.z - 1); ++z) {
    for (int y = std::max(v.y - reach.y, 0); y <= std::min(v.y + reach.y, extent.y - 1); ++y) {
      for (int x = std::max(v.x - reach.x, 0); x <= std::min(v.x + reach.x, extent.x - 1); ++x) {
        const double value = static_cast<double>(values(z, y, x));
        if (value <= num_sigmas * noise_sigma) {
          sum += value;
          ++num_dim;
        }
      }
    }
  }
  const double mean = sum / num_dim;  // the voxel itself is dim
  return mean > num_sigmas * noise_sigma / std::sqrt(num_dim) ? mean : 0;
}

}  // namespace

Volume<float> average_dim_voxels(const Volume<float>& values, double noise_sigma) {
  Volume<float> result(MemorySpace::host, values.extent(), values.spacing());
  for (std::int64_t i = 0; i < values.voxels().size(); ++i) {
    const float value = values.voxels()[i];
    const bool is_dim = static_cast<double>(value) <= num_sigmas * noise_sigma;
    result.voxels()[i] =
        is_dim ? static_cast<float>(dim_mean(values.view(), values.extent().voxel(i), noise_sigma))
               : value;
  }
  return result;
}

}  // namespace bramble
