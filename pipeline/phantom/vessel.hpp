#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/phantom/phantom_field.hpp"
#include "pipeline/phantom/session_pose.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <optional>

namespace bramble {

// The shadow of a straight vessel above the field, in the frame of a session's stack: a stripe with
// smooth edges that takes light from everything below it.
struct VesselShadow {
  Position centre;  // a point on its middle line
  Position across;  // unit vector
  double width_um = 0;
  double transmission = 1;  // in the middle

  // The part of the light that passes, 0..1.
  double at(Position point) const noexcept;
};

// Some fields have one. It stays where it is in the tissue.
std::optional<VesselShadow> draw_vessel(const PhantomParameters& parameters, PhantomField field,
                                        const SessionPose& pose);

}  // namespace bramble
