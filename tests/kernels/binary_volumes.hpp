#pragma once

#include "kernels/core/bit_volume.hpp"
#include "kernels/core/volume.hpp"

#include <cstdint>

namespace bramble {

using Mask = Volume<std::uint8_t>;

// A mask of 1 where predicate(Voxel) holds, else 0.
template <class Predicate>
Mask mask_where(Extent extent, const Predicate& predicate) {
  Mask mask(MemorySpace::host, extent, {1, 1, 1});
  for (std::int64_t i = 0; i < mask.voxels().size(); ++i) {
    mask.voxels()[i] = predicate(extent.voxel(i)) ? 1 : 0;
  }
  return mask;
}

// Blobs of some voxels, bridges, holes and cavities: noise, smoothed twice over 3 x 3 x 3 voxels,
// above its own quantile.
Mask smoothed_noise(Extent extent, std::uint64_t seed, double foreground_frac);

// Every voxel by itself, foreground with the given probability.
Mask noise(Extent extent, std::uint64_t seed, double foreground_frac);

BitVolume bits_of(const Mask& mask);
Mask mask_of(const BitVolume& bits);
bool same(const Mask& a, const Mask& b);

}  // namespace bramble
