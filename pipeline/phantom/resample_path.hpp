#pragma once

#include "kernels/core/geometry.hpp"

#include <vector>

namespace bramble {

// A smooth curve through every fifth of `points` (Catmull-Rom spline), as nodes at equal arc length
// `step_um`, from the first point on. Points must differ from their neighbours; fewer than six
// points give the straight chord between the ends.
std::vector<Position> resample_path(const std::vector<Position>& points, double step_um);

}  // namespace bramble
