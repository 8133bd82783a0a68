#include "kernels/align/average_in_plane.hpp"

#include "kernels/core/for_each_voxel.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {

namespace {

template <class Count>
struct AverageBlock {
  VolumeView<const Count> volume;
  VolumeView<float> averaged;
  AverageFactors factors;
  float level;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const int first_y = v.y * factors.y;
    const int first_x = v.x * factors.x;
    const int end_y = first_y + factors.y < volume.extent.y ? first_y + factors.y : volume.extent.y;
    const int end_x = first_x + factors.x < volume.extent.x ? first_x + factors.x : volume.extent.x;
    float total = 0;
    for (int y = first_y; y < end_y; ++y) {
      for (int x = first_x; x < end_x; ++x) {
        total += static_cast<float>(volume(v.z, y, x));
      }
    }
    averaged(v) = total / static_cast<float>((end_y - first_y) * (end_x - first_x)) - level;
  }
};

}  // namespace

AverageFactors average_factors(Spacing spacing, float target_um) {
  require(spacing.y_um > 0 && spacing.x_um > 0 && target_um > 0, "spacings must be positive");
  return {std::max(1, static_cast<int>(std::lround(target_um / spacing.y_um))),
          std::max(1, static_cast<int>(std::lround(target_um / spacing.x_um)))};
}

Extent averaged_extent(Extent extent, AverageFactors factors) {
  return {extent.z, (extent.y + factors.y - 1) / factors.y, (extent.x + factors.x - 1) / factors.x};
}

void average_in_plane(const Exec& exec, CountsView volume, AverageFactors factors, float level,
                      VolumeView<float> averaged) {
  require(averaged.extent == averaged_extent(volume.extent, factors),
          "the averaged volume has another extent");
  volume.visit([&]<class Count>(VolumeView<const Count> counts) {
    for_each_voxel(exec, averaged.extent, AverageBlock<Count>{counts, averaged, factors, level});
  });
}

}  // namespace bramble
