#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/records/identity.hpp"
#include "pipeline/records/spine.hpp"

#include <string>
#include <vector>

namespace bramble {

enum class SpineState { present, absent, not_assessable };

// One session of a field of view, as the field job used it.
struct FieldSession {
  StackIdentity identity;
  std::string stack_result_sha256;  // so that the field is redone when its stack result changes
  // Position in this session = position in the reference session + shift, at the field's middle.
  Position shift;
  float alignment_score = 0;  // normalised cross-correlation at that shift, 0 to 1
};

// One dendrite in one session. The id is the same in all sessions of the field: "d03". Where the
// shaft was traced in pieces, each piece has a row, under the same id.
struct FieldDendrite {
  std::string dendrite_id;
  int session = 0;         // index into FieldResult::sessions
  int stack_dendrite = 0;  // Dendrite::id in that stack
  double length_um = 0;
  double length_usable_um = 0;
  double length_2d_um = 0;      // seen along z
  double chord_um = 0;          // between the ends of each stretch in 3-D
  double common_length_um = 0;  // of the path window that every session of the field shows
  int branch_order = 1;         // of the stack dendrite
  float diameter_um = 0;
  float mean_diameter_um = 0;
  float snr = 0;
  std::string flags;
};

// One spine in one session. The id is the same in all sessions of the field: "d03s017". A spine
// that was found in one session has a row in every session of the field.
struct FieldSpine {
  std::string dendrite_id;
  std::string spine_id;
  int session = 0;  // index into FieldResult::sessions
  SpineState state = SpineState::present;
  int stack_spine = -1;  // Spine::id in that stack; -1 where it is not present
  // Measurements of the stack's spine; where it is not present, head and base are where they are
  // expected, the path position is in the reference frame of the dendrite, and every measured
  // number is NaN.
  Spine spine;
};

// All sessions of one field of view.
struct FieldResult {
  std::string field_id;  // first 16 hex digits of SHA-256 over subject/fov
  std::string subject_id;
  std::string group;
  std::string region;
  std::string fov;
  std::string parameters_hash;
  std::vector<FieldSession> sessions;  // by day, then session id
  int reference_session = 0;
  std::vector<FieldDendrite> dendrites;  // by dendrite_id, then session
  std::vector<FieldSpine> spines;        // by spine_id, then session
};

}  // namespace bramble
