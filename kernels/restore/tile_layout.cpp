#include "kernels/restore/tile_layout.hpp"

#include "kernels/core/error.hpp"
#include "kernels/restore/separable_psf.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

namespace bramble {

namespace {

// Voxels of a profile that reach half of its maximum.
int full_width(const std::vector<double>& profile) {
  const double half = *std::max_element(profile.begin(), profile.end()) / 2;
  return static_cast<int>(std::count_if(profile.begin(), profile.end(),
                                        [half](double value) { return value >= half; }));
}

int overlap_of(int support, const std::vector<double>& profile) {
  return 2 * std::max(support / 2, 2 * full_width(profile));
}

}  // namespace

Extent tile_overlaps(const Volume<float>& psf) {
  const Extent size = psf.extent();
  const MarginalSums sums = marginal_sums(psf.view());
  return {overlap_of(size.z, sums.z), overlap_of(size.y, sums.y), overlap_of(size.x, sums.x)};
}

AxisTiles tile_axis(int size, int tile, int overlap) {
  if (tile >= size) {
    return {size, {0}};
  }
  require(tile > 2 * overlap, "a tile of " + std::to_string(tile) + " voxels with overlaps of " +
                                  std::to_string(overlap) +
                                  " (they must leave something between them); use larger tiles");
  const int step = tile - overlap;
  const int last = size - tile;
  const int num_steps = (last + step - 1) / step;
  AxisTiles tiles{tile, {}};
  for (int i = 0; i <= num_steps; ++i) {
    tiles.starts.push_back(static_cast<int>(std::int64_t{last} * i / num_steps));
  }
  return tiles;
}

BlendAxis blend_of(const AxisTiles& tiles, int tile) {
  const auto place = static_cast<std::size_t>(tile);
  const int start = tiles.starts[place];
  BlendAxis blend;
  if (place > 0) {
    const auto overlap = static_cast<float>(tiles.starts[place - 1] + tiles.size - start);
    blend.rise_begin = overlap / 4;
    blend.rise_width = overlap / 2;
  }
  if (place + 1 < tiles.starts.size()) {
    const int next = tiles.starts[place + 1];
    const auto overlap = static_cast<float>(start + tiles.size - next);
    blend.fall_begin = static_cast<float>(next - start) + overlap / 4;
    blend.fall_width = overlap / 2;
  }
  return blend;
}

}  // namespace bramble
