#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/phantom/phantom_field.hpp"
#include "pipeline/phantom/warp.hpp"
#include "pipeline/records/phantom.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <array>
#include <cstddef>

namespace bramble {

// How the tissue lies in a session: turned and scaled about `centre`, shifted, and smoothly
// deformed. Shafts are deformed along their centreline only: diameters and spines keep their size.
struct SessionPose {
  Position centre;
  std::array<double, 9> rotation{1, 0, 0, 0, 1, 0, 0, 0, 1};  // row by row, z, y, x
  double scale = 1;
  Position shift;
  Warp warp = {};

  // A direction, or a wave vector: turned only.
  Position turn(Position direction) const noexcept;
  // A point of the first session's frame, in the frame of this session's stack before its motion.
  Position apply(Position point) const noexcept;
};

// The first session has the identity.
SessionPose draw_pose(const PhantomParameters& parameters, PhantomField field, std::size_t session);

// The same, as it is written into the truth.
PhantomTransform describe_transform(const SessionPose& pose);

}  // namespace bramble
