#pragma once

#include "kernels/core/volume.hpp"

#include <vector>

namespace bramble {

inline constexpr Spacing point_spacing{0.5f, 0.12f, 0.12f};

inline Position middle_of(Extent extent) {
  return position_of({extent.z / 2, extent.y / 2, extent.x / 2}, point_spacing);
}

// Lines through a voxel.
enum class Axis { z, y, x };

inline std::vector<double> profile_through(VolumeView<const float> volume, Voxel middle,
                                           Axis axis) {
  const int size = axis == Axis::z   ? volume.extent.z
                   : axis == Axis::y ? volume.extent.y
                                     : volume.extent.x;
  std::vector<double> profile;
  for (int i = 0; i < size; ++i) {
    Voxel v = middle;
    (axis == Axis::z ? v.z : axis == Axis::y ? v.y : v.x) = i;
    profile.push_back(static_cast<double>(volume(v)));
  }
  return profile;
}

}  // namespace bramble
