#pragma once

#include "kernels/core/volume.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace bramble {

// A synthetic stack of sub-resolution beads: Gaussian images on an offset, with the noise of light.
struct BeadStack {
  Extent extent{61, 120, 120};
  Spacing spacing{0.4f, 0.1f, 0.1f};
  double fwhm_xy_um = 0.45;
  double fwhm_z_um = 1.9;
  double peak_counts = 400;
  double offset_counts = 20;
};

inline Volume<float> render_beads(const BeadStack& stack, const std::vector<Position>& beads) {
  Volume<float> counts(MemorySpace::host, stack.extent, stack.spacing);
  std::mt19937 random(11);
  for (std::int64_t i = 0; i < counts.voxels().size(); ++i) {
    const Position at = position_of(stack.extent.voxel(i), stack.spacing);
    double light = stack.offset_counts;
    for (const Position& bead : beads) {
      const Position from = at - bead;
      if (distance_in_plane_um(at, bead) > 4 * stack.fwhm_xy_um) {
        continue;
      }
      const double z = from.z_um / stack.fwhm_z_um;
      const double xy = std::hypot(from.y_um, from.x_um) / stack.fwhm_xy_um;
      light += stack.peak_counts * std::exp(-4 * std::log(2.0) * (z * z + xy * xy));
    }
    counts.voxels()[i] = static_cast<float>(std::poisson_distribution<int>(light)(random));
  }
  return counts;
}

}  // namespace bramble
