#pragma once

#include "kernels/core/volume.hpp"
#include "tests/kernels/binary_volumes.hpp"

#include <cstdint>

namespace bramble {

// Component numbers 1, 2, ... in the order of their first voxels, 0 for background. Neighbours
// share a face, or, with `corners`, a face, an edge or a corner.
Volume<std::int32_t> label_by_flood_fill(const Mask& mask, bool corners, int& num_components);

// What thinning must keep, of the foreground with 26 neighbours and the background with 6.
struct Topology {
  int num_components = 0;
  int num_cavities = 0;
  int num_tunnels = 0;

  friend bool operator==(const Topology&, const Topology&) = default;
};

// Components and cavities by flood fill, tunnels from the Euler number of the cubes: V - E + F - C
// = components - tunnels + cavities. Outside of the volume is background.
Topology topology_of(const Mask& mask);

}  // namespace bramble
