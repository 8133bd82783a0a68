#pragma once

#include "kernels/core/bit_volume.hpp"
#include "pipeline/stack/skeleton_graph.hpp"

#include <string>
#include <vector>

namespace bramble {

// A one-plane skeleton drawn with '#', one string a row, and the graph of it with unit distances
// everywhere.
inline BitVolume drawn_skeleton(const std::vector<std::string>& rows) {
  const Extent extent{1, static_cast<int>(rows.size()), static_cast<int>(rows[0].size())};
  BitVolume bits;
  bits.reshape(cpu_exec, extent);
  for (int y = 0; y < extent.y; ++y) {
    for (int x = 0; x < extent.x; ++x) {
      if (rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] == '#') {
        bits.view().words[bits.view().word_index(0, y, x / 64)] |= std::uint64_t{1} << (x % 64);
      }
    }
  }
  return bits;
}

inline SkeletonGraph graph_of(const BitVolume& bits) {
  Volume<std::uint32_t> depth(MemorySpace::host, bits.extent(), {1, 1, 1});
  std::fill(depth.voxels().begin(), depth.voxels().end(), 1u);
  return build_skeleton_graph(bits, std::as_const(depth).view());
}

// A stack that is equally bright everywhere.
inline Volume<float> evenly_bright(Extent extent) {
  Volume<float> smoothed(MemorySpace::host, extent, {1, 1, 1});
  std::fill(smoothed.voxels().begin(), smoothed.voxels().end(), 1.0f);
  return smoothed;
}

}  // namespace bramble
