#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/records/stack_result.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {

// Adds a Gaussian spot of 0.6 um in plane and 1 um in z.
inline void add_spot(VolumeView<float> volume, Position centre, float counts) {
  constexpr double sigma_xy_um = 0.6;
  constexpr double sigma_z_um = 1.0;
  const Voxel middle = nearest_voxel(centre, volume.spacing);
  for (int z = std::max(middle.z - 3, 0); z <= std::min(middle.z + 3, volume.extent.z - 1); ++z) {
    for (int y = std::max(middle.y - 4, 0); y <= std::min(middle.y + 4, volume.extent.y - 1); ++y) {
      for (int x = std::max(middle.x - 4, 0); x <= std::min(middle.x + 4, volume.extent.x - 1);
           ++x) {
        const Position offset = position_of({z, y, x}, volume.spacing) - centre;
        const double square =
            (offset.y_um * offset.y_um + offset.x_um * offset.x_um) / (sigma_xy_um * sigma_xy_um) +
            offset.z_um * offset.z_um / (sigma_z_um * sigma_z_um);
        volume(z, y, x) += counts * static_cast<float>(std::exp(-0.5 * square));
      }
    }
  }
}

// The alignment volume that a stack with these dendrites and spines would have, without noise.
inline Volume<float> draw_alignment(const StackResult& stack) {
  const Extent full = stack.acquisition.extent;
  const Spacing spacing{stack.acquisition.spacing.z_um, 0.5f, 0.5f};
  const Extent extent{
      full.z, static_cast<int>(static_cast<float>(full.y) * stack.acquisition.spacing.y_um / 0.5f),
      static_cast<int>(static_cast<float>(full.x) * stack.acquisition.spacing.x_um / 0.5f)};
  Volume<float> volume(MemorySpace::host, extent, spacing);
  std::fill(volume.voxels().begin(), volume.voxels().end(), 0.0f);
  for (const Dendrite& dendrite : stack.dendrites) {
    for (const Position node : dendrite.nodes) {
      add_spot(volume.view(), node, 10);
    }
  }
  for (const Spine& spine : stack.spines) {
    add_spot(volume.view(), spine.head, 30);
  }
  return volume;
}

}  // namespace bramble
