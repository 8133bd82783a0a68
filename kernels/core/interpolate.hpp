#pragma once

#include "kernels/core/host_device.hpp"
#include "kernels/core/volume.hpp"

namespace bramble {

// The value at a point by trilinear interpolation between voxel centres; outside of the volume, the
// value at its border.
BRAMBLE_HD inline float interpolate(VolumeView<const float> volume, Position at) noexcept {
  struct Axis {
    int low;
    int high;
    float part;
  };
  const auto along = [](double index, int size) {
    const double inside = index < 0 ? 0 : index > size - 1 ? size - 1 : index;
    const int low = static_cast<int>(inside);
    return Axis{low, low + 1 < size ? low + 1 : low, static_cast<float>(inside - low)};
  };
  const Axis z = along(at.z_um / volume.spacing.z_um, volume.extent.z);
  const Axis y = along(at.y_um / volume.spacing.y_um, volume.extent.y);
  const Axis x = along(at.x_um / volume.spacing.x_um, volume.extent.x);
  const auto row = [&](int zi, int yi) {
    return volume(zi, yi, x.low) * (1 - x.part) + volume(zi, yi, x.high) * x.part;
  };
  const auto plane = [&](int zi) {
    return row(zi, y.low) * (1 - y.part) + row(zi, y.high) * y.part;
  };
  return plane(z.low) * (1 - z.part) + plane(z.high) * z.part;
}

}  // namespace bramble
