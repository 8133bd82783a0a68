#pragma once

#include "pipeline/field/aligned_field.hpp"
#include "pipeline/field/link_spines.hpp"
#include "pipeline/field/missing_spine.hpp"

#include <vector>

namespace bramble {

// The sessions of one shaft with their spines in one frame.
struct AlignedShaft {
  std::vector<ShaftSession> sessions;
  std::vector<PlacedSpine> spines;  // of all sessions, places aligned
};

// Aligns the sessions of every shaft along it, by the spines of at least `report_probability`. The
// frame is that of the session with most of them on the shaft; of equal ones the reference, then
// the first.
std::vector<AlignedShaft> align_shafts(const AlignedField& field, double report_probability);

struct LinkGates {
  double gate_um = 1.0;
  double support_gate_um = 0.5;
};

// How far apart along the shaft two sightings may be. With s the spread of what alignment leaves
// between paired spines, as a standard deviation (from the 80 % quantile, for heads and bases are
// sometimes far off): gate = 0.7 um (Holtmaat 2009: 0.5 to 1) + 3 s, at most 1.5 um, or `chosen_um`
// where that is positive; for a sighting below the report probability 3 s, between 0.3 and 0.7 um
// and at most the gate. With fewer than ten pairs 1 and 0.5 um.
LinkGates link_gates(const std::vector<AlignedShaft>& shafts, double chosen_um);

}  // namespace bramble
