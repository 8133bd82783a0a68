#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/phantom/anatomy.hpp"
#include "pipeline/records/phantom.hpp"

namespace bramble {

// How the tissue lies in a session: turned about the optical axis through `centre`, then shifted.
// Rigid, so lengths and diameters stay. Tilt, scale and warp of reference science.md section 7.8
// are not made yet.
struct SessionPose {
  Position centre;
  double cosine = 1;
  double sine = 0;
  Position shift;

  // A direction, or a wave vector.
  Position turn(Position direction) const noexcept;
  // A point of the first session's frame, in the frame of this session's stack.
  Position apply(Position point) const noexcept;
};

// The first session has the identity.
SessionPose draw_pose(const PhantomParameters& parameters, PhantomField field, std::size_t session);

}  // namespace bramble
