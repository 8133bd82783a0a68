#pragma once

#include "kernels/core/host_device.hpp"
#include "kernels/core/volume.hpp"

namespace bramble {

// A background that varies slowly in the image, in photons: its value at nodes (y, x) x
// (rows_per_node, columns_per_node) voxels, between them bilinear, beyond the outermost nodes the
// value there. One plane of nodes serves all planes of the image, else there is one for each. A
// single node is a constant; no nodes are no background. A view: the nodes belong to the caller and
// lie in the space of the image.
struct BackgroundField {
  VolumeView<const float> nodes;
  float rows_per_node = 1;
  float columns_per_node = 1;

  // The part of a row between two nodes, where the background is linear: loops along x vectorise.
  struct Segment {
    float value = 0;  // at the node before it
    float step = 0;   // from there to the node after it
    float node = 0;
    float nodes_per_column = 0;
    int end_x = 0;

    BRAMBLE_HD float at(int x) const noexcept {
      return value + step * (static_cast<float>(x) * nodes_per_column - node);
    }
  };

  // One row of the image: the two rows of nodes beside it.
  struct Row {
    const float* low = nullptr;
    const float* high = nullptr;
    float high_part = 0;
    int num_nodes = 0;
    float columns_per_node = 1;

    // The segment that holds x; its end_x is larger than x.
    BRAMBLE_HD Segment segment_at(int x) const noexcept {
      if (num_nodes == 0) {
        return {0, 0, 0, 0, endless};
      }
      const float nodes_per_column = 1 / columns_per_node;
      const int node = node_before(static_cast<float>(x) * nodes_per_column, num_nodes);
      const float value = value_at(node);
      if (node + 1 == num_nodes) {
        return {value, 0, 0, 0, endless};
      }
      const int end_x = static_cast<int>(static_cast<float>(node + 1) * columns_per_node);
      return {value, value_at(node + 1) - value, static_cast<float>(node), nodes_per_column,
              end_x > x ? end_x : x + 1};
    }

   private:
    BRAMBLE_HD float value_at(int node) const noexcept {
      return low[node] + high_part * (high[node] - low[node]);
    }
  };

  BRAMBLE_HD Row row_at(int z, int y) const noexcept {
    if (nodes.extent.num_voxels() == 0) {
      return {};
    }
    const int plane = nodes.extent.z == 1 ? 0 : z;
    const float place = static_cast<float>(y) / rows_per_node;
    const int before = node_before(place, nodes.extent.y);
    const bool is_last = before + 1 == nodes.extent.y;
    const float* low = nodes.data + nodes.extent.index({plane, before, 0});
    return {low, is_last ? low : low + nodes.extent.x,
            is_last ? 0 : place - static_cast<float>(before), nodes.extent.x, columns_per_node};
  }

  BRAMBLE_HD float at(Voxel v) const noexcept { return row_at(v.z, v.y).segment_at(v.x).at(v.x); }

 private:
  static constexpr int endless = 0x7fffffff;

  BRAMBLE_HD static int node_before(float place, int num_nodes) noexcept {
    const int node = static_cast<int>(place);
    return node < num_nodes ? node : num_nodes - 1;
  }
};

}  // namespace bramble
