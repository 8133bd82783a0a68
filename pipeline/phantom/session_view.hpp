#pragma once

#include "pipeline/phantom/bystanders.hpp"
#include "pipeline/phantom/dendrite_path.hpp"
#include "pipeline/phantom/phantom_field.hpp"
#include "pipeline/phantom/render.hpp"
#include "pipeline/phantom/session_pose.hpp"
#include "pipeline/phantom/spine_shape.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <cstddef>
#include <vector>

namespace bramble {

// One spine that is there in a session, in the frame of that session's stack before its motion.
struct SessionSpine {
  SpineLife life;   // its path_um counts from the start of the dendrite's path before retraction
  PathPoint shaft;  // at its base
  SpineShape shape;
  std::size_t cell = 0;  // it is drawn as spines[body] of this cell of the tissue
  std::size_t body = 0;
};

// One dendrite in the same frame, with the spines alive that day by serial.
struct SessionDendrite {
  DendritePath path;  // parent_node counts nodes of the parent's path as it is in this session
  std::vector<SessionSpine> spines;
};

enum class BystanderKind { bouton, punctum };

// What may look like a spine and is none.
struct SessionBystander {
  BystanderKind kind = BystanderKind::punctum;
  std::size_t number = 0;  // of its kind within the field, the same in all sessions
  Ball ball;
};

// A field as it is in a session. `cells` holds what is to be imaged: one cell for a dendrite with
// its branches, one for an axon with its boutons, one for a punctum. What lies more than 6 um
// outside the imaged box has no part in them, cells of bystanders that lie there altogether are
// left out, and bodies of spines there are empty.
struct SessionTissue {
  std::vector<SessionDendrite> dendrites;
  std::vector<DyedCell> cells;
  std::vector<SessionBystander> bystanders;
};

SessionTissue view_session(const PhantomParameters& parameters, PhantomField field,
                           std::size_t session, const SessionPose& pose);

}  // namespace bramble
