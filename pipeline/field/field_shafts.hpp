#pragma once

#include "pipeline/field/centreline.hpp"
#include "pipeline/field/line_registration.hpp"

#include <cstddef>
#include <vector>

namespace bramble {

// A run of nodes of one stack dendrite that lies on one shaft of the field.
struct ShaftStretch {
  int shaft = 0;  // index into FieldShafts::lines
  int session = 0;
  int dendrite = 0;  // index into the session's dendrites
  std::size_t first_node = 0;
  std::size_t last_node = 0;  // included
};

// The shafts of a field of view, each a line in the frame of the reference session, and what of
// them each session shows.
struct FieldShafts {
  std::vector<Centreline> lines;  // in the order of their ids
  std::vector<ShaftStretch>
      stretches;  // by shaft, session, dendrite, node; every node of every dendrite is in one
};

// Finds which dendrites of the sessions are the same. `sessions`: the lines of every session, in
// the frame of the reference.
//
// Longest first, each dendrite is laid on the shafts there are: a node belongs to the nearest that
// runs within 1.5 um in plane and 3 um in z of it, the same way to within 45 degrees, and that no
// other dendrite of its session already occupies there; from such stretches on within 2.5 and 4 um,
// for tissue warps. A part that leaves a shaft at its end makes it longer, other parts make new
// shafts. So a dendrite traced in pieces, or a branch point traced another way, still has one id in
// all sessions. The reference session's dendrites count as 10 % longer: as a rule it is their lines
// that shafts are.
//
// Order of the shafts: those that the reference session shows, by the y, then x of their middle;
// then by the first session that shows them, y, x.
FieldShafts match_dendrites(const std::vector<SessionLines>& sessions, int reference);

}  // namespace bramble
