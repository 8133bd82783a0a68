#pragma once

#include "pipeline/field/aligned_field.hpp"
#include "pipeline/field/link_spines.hpp"
#include "pipeline/field/traced_shaft.hpp"
#include "pipeline/records/field_result.hpp"

namespace bramble {

// One session of a shaft, as a missing spine is looked for in it.
struct ShaftSession {
  int shaft = 0;
  int session = 0;
  TracedShaft traced;
  PathAlignment alignment;
};

// What can be said of a spine in a session that shows no sighting of it. `spine` holds the expected
// head and base in that session, the path position on the shaft, NaN for every measured number, and
// in its flags why it is not assessable.
//   absent: the place is traced (0.5 um or more within the traced part), head and base are expected
//   inside the volume (0.5 um in plane and one slice from its border), and the shaft there is
//   bright enough for the spine to show. not_assessable: otherwise; "not_traced", "outside" or
//   "dim".
// Dim: the shaft's brightness there is below 5 times the noise, or the place is dimmer than where
// the spine was seen and the spine would have an SNR below 3. Where brightness or noise are
// unknown, nothing is dim.
struct MissingSpine {
  SpineState state = SpineState::absent;
  Spine spine;
};

MissingSpine assess_missing(const AlignedField& field, const ShaftSession& there,
                            const SpineTrack& track);

}  // namespace bramble
