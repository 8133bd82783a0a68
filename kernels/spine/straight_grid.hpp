#pragma once

#include "kernels/core/volume.hpp"

namespace bramble {

// The straightened form of a stack: what lies round the shafts, resampled in the frame of the
// shafts. z of such a volume counts samples in depth, y stations along the shafts (those of one
// dendrite after the other), x samples across, in the plane of the image.
struct StraightGrid {
  static constexpr float along_um = 0.125f;  // between stations
  static constexpr float across_um = 0.1f;
  static constexpr float axial_um = 1.0f;
  static constexpr int half_across = 38;  // samples to each side of the axis
  static constexpr int half_axial = 5;    // samples above and below it

  static constexpr Extent extent(int num_stations) noexcept {
    return {2 * half_axial + 1, num_stations, 2 * half_across + 1};
  }
  static constexpr Spacing spacing() noexcept { return {axial_um, along_um, across_um}; }
};

// A place on the axis of a shaft.
struct Station {
  Position axis;
  Position across;  // unit vector in the plane of the image, to the left of the shaft's direction
  int first = 0;    // the stations of its dendrite ...
  int last = -1;    // ... the last one included; -1: a gap between two dendrites
  float shaft = 1;  // brightness of the shaft above background, in counts
  float restored = 1;  // the same in the restored stack
};

}  // namespace bramble
