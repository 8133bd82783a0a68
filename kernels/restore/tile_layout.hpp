#pragma once

#include "kernels/core/host_device.hpp"
#include "kernels/core/volume.hpp"

#include <vector>

namespace bramble {

// How far the tiles of a deconvolution overlap, along each axis: twice the half support of the PSF,
// or four of its widths at half maximum where that is more. `psf` on the host.
Extent tile_overlaps(const Volume<float>& psf);

// The weight of one part in the blend along an axis: 1 inside, and a linear ramp in the middle half
// of each overlap, so that what lies next to a cut counts nothing.
struct BlendAxis {
  float rise_begin = 0;  // voxel of the part, where the weight leaves 0
  float rise_width = 0;  // 0: no part before this one
  float fall_begin = 0;
  float fall_width = 0;  // 0: no part after it

  BRAMBLE_HD float weight(int i) const noexcept {
    const float place = static_cast<float>(i) + 0.5f;
    const float rise = rise_width > 0 ? part((place - rise_begin) / rise_width) : 1;
    const float fall = fall_width > 0 ? part((place - fall_begin) / fall_width) : 0;
    return rise - fall;
  }

 private:
  BRAMBLE_HD static float part(float t) noexcept { return t < 0 ? 0 : t > 1 ? 1 : t; }
};

// A part of an axis that is restored at a time. The weights of all parts add up to 1 everywhere.
struct AxisPart {
  int start = 0;
  int size = 0;
  BlendAxis blend;
};

// As few tiles of at most `tile` voxels as have overlaps of at least `overlap`, of one size, spread
// evenly. One tile of the axis' size when that fits. Throws InvalidArgument when `tile` is not more
// than twice the overlap.
std::vector<AxisPart> tile_axis(int size, int tile, int overlap);

// One part for each range of voxels, from its first one to the next range's, and `halo` voxels more
// on either side where another range follows: the blend goes from one to the other around the first
// voxel of a range. Throws InvalidArgument unless the first voxels begin at 0, rise and lie inside.
std::vector<AxisPart> range_axis(int size, const std::vector<int>& first_voxels, int halo);

}  // namespace bramble
