#include "tests/kernels/flood_fill.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace bramble {

namespace {

Mask padded(const Mask& mask) {
  const Extent extent = mask.extent();
  return mask_where({extent.z + 2, extent.y + 2, extent.x + 2}, [&](Voxel v) {
    const Voxel inside{v.z - 1, v.y - 1, v.x - 1};
    return extent.contains(inside) && mask.view()(inside) != 0;
  });
}

// The cells of all foreground cubes lie on a grid of half voxels; the number of odd coordinates is
// a cell's dimension.
int euler_number(const Mask& mask) {
  const Extent extent = mask.extent();
  Mask cells = mask_where({2 * extent.z + 1, 2 * extent.y + 1, 2 * extent.x + 1},
                          [](Voxel) { return false; });
  for (std::int64_t i = 0; i < extent.num_voxels(); ++i) {
    const Voxel v = extent.voxel(i);
    for (int k = 0; k < 27 && mask.view()(v) != 0; ++k) {
      cells.view()(2 * v.z + k / 9, 2 * v.y + k / 3 % 3, 2 * v.x + k % 3) = 1;
    }
  }
  int euler = 0;
  for (std::int64_t i = 0; i < cells.voxels().size(); ++i) {
    const Voxel cell = cells.extent().voxel(i);
    if (cells.voxels()[i] != 0) {
      euler += (cell.z + cell.y + cell.x) % 2 == 0 ? 1 : -1;
    }
  }
  return euler;
}

}  // namespace

Volume<std::int32_t> label_by_flood_fill(const Mask& mask, bool corners, int& num_components) {
  const Extent extent = mask.extent();
  Volume<std::int32_t> labels(MemorySpace::host, extent, {1, 1, 1});
  std::fill(labels.voxels().begin(), labels.voxels().end(), 0);
  num_components = 0;
  std::vector<Voxel> to_visit;
  const auto reach = [&](Voxel v) {
    if (extent.contains(v) && mask.view()(v) != 0 && labels.view()(v) == 0) {
      labels.view()(v) = num_components;
      to_visit.push_back(v);
    }
  };
  for (std::int64_t i = 0; i < extent.num_voxels(); ++i) {
    if (mask.voxels()[i] == 0 || labels.voxels()[i] != 0) {
      continue;
    }
    ++num_components;
    reach(extent.voxel(i));
    while (!to_visit.empty()) {
      const Voxel v = to_visit.back();
      to_visit.pop_back();
      for (int k = 0; k < 27; ++k) {
        const Voxel step{k / 9 - 1, k / 3 % 3 - 1, k % 3 - 1};
        if (corners || std::abs(step.z) + std::abs(step.y) + std::abs(step.x) == 1) {
          reach({v.z + step.z, v.y + step.y, v.x + step.x});
        }
      }
    }
  }
  return labels;
}

Topology topology_of(const Mask& mask) {
  const Mask foreground = padded(mask);
  const Mask background =
      mask_where(foreground.extent(), [&](Voxel v) { return foreground.view()(v) == 0; });
  Topology topology;
  int num_background = 0;
  label_by_flood_fill(foreground, true, topology.num_components);
  label_by_flood_fill(background, false, num_background);
  topology.num_cavities = num_background - 1;
  topology.num_tunnels = topology.num_components + topology.num_cavities - euler_number(foreground);
  return topology;
}

}  // namespace bramble
