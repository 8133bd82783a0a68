#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/phantom/random.hpp"
#include "pipeline/phantom/tissue_region.hpp"

#include <cstddef>
#include <vector>

namespace bramble {

// A smooth random displacement of the tissue: a uniform cubic B-spline, the sum over all control
// nodes of their displacement times B(dz) B(dy) B(dx), distances from the node in steps. Without
// nodes, and far from them, nothing moves.
struct Warp {
  Position origin;  // of node (0, 0, 0)
  double step_um = 1;
  Extent num_nodes;
  std::vector<Position> displacements;  // x fastest

  // The displacement of a point.
  Position at(Position point) const noexcept;
  Position node(std::size_t i) const noexcept;
};

// Nodes over the whole box, `correlation_um` apart. Each axis of the displacement has a standard
// deviation of `sd_um`, averaged over places.
Warp draw_warp(double sd_um, double correlation_um, const TissueBox& box, const RandomPlace& place);

}  // namespace bramble
