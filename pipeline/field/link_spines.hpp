#pragma once

#include "pipeline/field/placed_spine.hpp"

#include <vector>

namespace bramble {

struct LinkParams {
  double gate_um = 1.0;             // along the shaft
  double support_gate_um = 0.5;     // the same for a sighting below the report probability
  double report_probability = 0.5;  // of a spine that may stand alone; a track needs one
};

// One spine over time: its sightings, at most one a session, by session.
struct SpineTrack {
  std::vector<PlacedSpine> sightings;
};

// The mean of its sightings along the shaft.
double mean_path_um(const SpineTrack& track);

// Joins the sightings of one shaft that are the same spine. `spines`: of all sessions, places
// aligned along the shaft.
//
// Every two sessions are paired by the assignment of least cost: place_cost, with narrower
// tolerances for a sighting below the report probability, plus up to 0.5 the less probable it is.
// Such sightings are many, and mostly nothing: one that does not lie where the spine must be would
// hide its loss. Their costs are pressed into 0.6 to 1, so that two of them do not break up a good
// link. The links of all pairs of sessions then join sightings, cheapest first, as long as a track
// has one sighting a session: a spine may be missing between, and time has no direction. Tracks
// without a sighting of the report probability are dropped. Tracks by their mean place.
std::vector<SpineTrack> link_spines(const std::vector<PlacedSpine>& spines,
                                    const LinkParams& params);

}  // namespace bramble
