#pragma once

#include "pipeline/stack/join_branches.hpp"

#include <vector>

namespace bramble {

// From one point to another, z counted with `axial_weight`; length 1, or all zero between equal
// points.
Position unit_direction(Position from, Position to, double axial_weight);

// The way between two points, z counted with `axial_weight`.
double weighted_distance_um(Position from, Position to, double axial_weight);

// Joins paths whose ends face each other: nearer than max_gap_um, each going on towards the other
// within 60 degrees, both long enough to have a direction. Nearest ends first; a joined path can be
// joined again. The gap becomes a straight piece.
void bridge_gaps(std::vector<ShaftPath>& paths, const JoinParams& params);

}  // namespace bramble
