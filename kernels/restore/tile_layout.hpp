#pragma once

#include "kernels/core/host_device.hpp"
#include "kernels/core/volume.hpp"

#include <vector>

namespace bramble {

// How far the tiles of a deconvolution overlap, along each axis: twice the half support of the PSF,
// or four of its widths at half maximum where that is more. `psf` on the host.
Extent tile_overlaps(const Volume<float>& psf);

// Tiles of one size that cover an axis, each overlapping the next one.
struct AxisTiles {
  int size = 0;
  std::vector<int> starts;
};

// As few tiles of at most `tile` voxels as have overlaps of at least `overlap`, spread evenly. One
// tile of the axis' size when that fits. Throws InvalidArgument when `tile` is not more than twice
// the overlap.
AxisTiles tile_axis(int size, int tile, int overlap);

// The weight of one tile in the blend along an axis: 1 inside, and a linear ramp in the middle half
// of each overlap, so that what lies next to a cut counts nothing. The weights of all tiles add up
// to 1 everywhere.
struct BlendAxis {
  float rise_begin = 0;  // voxel of the tile, where the weight leaves 0
  float rise_width = 0;  // 0: no tile before this one
  float fall_begin = 0;
  float fall_width = 0;  // 0: no tile after it

  BRAMBLE_HD float weight(int i) const noexcept {
    const float place = static_cast<float>(i) + 0.5f;
    const float rise = rise_width > 0 ? part((place - rise_begin) / rise_width) : 1;
    const float fall = fall_width > 0 ? part((place - fall_begin) / fall_width) : 0;
    return rise - fall;
  }

 private:
  BRAMBLE_HD static float part(float t) noexcept { return t < 0 ? 0 : t > 1 ? 1 : t; }
};

BlendAxis blend_of(const AxisTiles& tiles, int tile);

}  // namespace bramble
