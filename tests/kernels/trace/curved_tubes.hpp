#pragma once

#include "kernels/core/geometry.hpp"
#include "tests/kernels/binary_volumes.hpp"

#include <vector>

namespace bramble {

struct CurvedTube {
  std::vector<Position> axis_um;  // a quarter of a um apart
  double radius_um = 0;
};

// The volume that the tubes fill, in um.
constexpr Extent tubes_extent_um{64, 256, 256};

// Fourteen tubes of 3 to 8 um radius that wind along x in y and z and do not touch each other or
// the border.
std::vector<CurvedTube> disjoint_curved_tubes();

// 1 within the radius of an axis. The extent is tubes_extent_um over the spacing.
Mask painted(const std::vector<CurvedTube>& tubes, Spacing spacing);

// Distance of a point from the nearest axis.
double distance_from_axes_um(const std::vector<CurvedTube>& tubes, Position p);

}  // namespace bramble
