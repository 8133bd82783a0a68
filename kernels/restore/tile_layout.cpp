#include "kernels/restore/tile_layout.hpp"

#include "kernels/core/error.hpp"

#include <cstdint>
#include <string>

namespace bramble {

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
