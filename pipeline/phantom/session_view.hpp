#pragma once

#include "pipeline/phantom/anatomy.hpp"
#include "pipeline/phantom/render.hpp"
#include "pipeline/phantom/session_pose.hpp"
#include "pipeline/phantom/spine_shape.hpp"
#include "pipeline/records/phantom.hpp"

#include <cstdint>
#include <vector>

namespace bramble {

// One spine that is there in a session, in the frame of that session's stack.
struct SessionSpine {
  std::uint64_t serial = 0;
  double path_um = 0;
  PathPoint shaft;  // at its base
  SpineShape shape;
};

// One dendrite in the frame of a session's stack, with the spines alive that day by serial.
struct SessionDendrite {
  DendritePath path;
  std::vector<SessionSpine> spines;
};

// All dendrites of a field as they are in a session.
std::vector<SessionDendrite> view_session(const PhantomParameters& parameters, PhantomField field,
                                          std::size_t session, const SessionPose& pose);

// The body of a dendrite with its spines.
DyedCell dye(const SessionDendrite& dendrite);

}  // namespace bramble
