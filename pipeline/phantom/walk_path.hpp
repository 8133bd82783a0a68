#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/phantom/random.hpp"
#include "pipeline/phantom/tissue_region.hpp"

#include <vector>

namespace bramble {

// The state of a walk: where it is and where it is heading.
struct Walker {
  Position position;
  double heading_rad = 0;    // in plane, from x towards y
  double elevation_rad = 0;  // towards deeper z
};

// How a process winds: a worm-like chain in plane (the heading's variance grows by the way over the
// persistence length) and an Ornstein-Uhlenbeck process in elevation.
struct Winding {
  double persistence_length_um = 150;
  double elevation_sd_rad = 0;
  double elevation_limit_rad = 0;
  double elevation_correlation_um = 25;
};

// All points in steps of 0.2 um from the walker's start, that included, to where it leaves the box
// in plane. At the top and at the bottom of the box the elevation is reflected, so the path stays
// in the box without a kink in plane.
std::vector<Position> walk_path(Walker walker, const Winding& winding, const TissueBox& box,
                                Random& random);

// Through the walker's start and out of the box at both ends; the walker's direction comes last.
std::vector<Position> walk_both_ways(const Walker& walker, const Winding& winding,
                                     const TissueBox& box, Random& random);

}  // namespace bramble
