#pragma once

#include "pipeline/field/aligned_field.hpp"

#include <vector>

namespace bramble {

// Where a stack's spine sits on a shaft of the field, in coordinates that tissue warp hardly
// touches.
struct PlacedSpine {
  int shaft = 0;
  int session = 0;
  int spine = 0;            // index into the stack's spines
  double path_um = 0;       // along the shaft
  double base_path_um = 0;  // of the base alone
  double lateral_um = 0;    // of the head from its own dendrite's line, in plane; positive on the
                            // shaft's left (y down)
  double height_um = 0;     // of the head above its own dendrite's line, in z
  double p_detect = 0;
};

// All spines of all sessions, by shaft, session, spine.
// The path position is a quarter the base's and three quarters the head's: heads are found more
// exactly than bases, and on rr30a the mixture links best. Throws InvalidArgument when a spine
// names a dendrite that its stack does not have.
std::vector<PlacedSpine> place_spines(const AlignedField& field);

}  // namespace bramble
