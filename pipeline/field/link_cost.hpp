#pragma once

#include "pipeline/field/placed_spine.hpp"

namespace bramble {

// How far apart along each coordinate two sightings may at most be the same spine.
struct PlaceTolerance {
  double path_um = 1.0;     // along the shaft
  double lateral_um = 2.0;  // on one side of it: spines grow and bend
  double across_um = 1.0;   // from one side to the other
  double height_um = 4.0;   // heights are known to a slice or two
};

// How unlike two places are: the sum of the squared differences in path, lateral position and
// height, each over its tolerance. 1 is the limit of what may be the same spine. Paths that differ
// by more than the tolerance cost infinity.
double place_cost(const PlacedSpine& a, const PlacedSpine& b, const PlaceTolerance& tolerance);

}  // namespace bramble
