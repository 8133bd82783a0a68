#include "pipeline/stack/estimate_background.hpp"

#include "kernels/align/average_in_plane.hpp"
#include "kernels/core/error.hpp"
#include "kernels/core/gaussian.hpp"
#include "kernels/core/middle_value.hpp"
#include "kernels/core/view_in.hpp"
#include "pipeline/stack/robust_level.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace bramble {

namespace {

constexpr float block_um = 0.5f;
constexpr float node_distance_um = 8;
constexpr float reach_um = 5;  // of the values that a node stands for
// Of the smoothing over nodes, in nodes, and over slices.
constexpr float smoothing_nodes = 0.6f;
constexpr float smoothing_z_um = 2;
constexpr float highest_sigma = 1.5f;
constexpr float lowest_sigma = 3;
// The mean of a normal distribution that is cut at 3 below and 1.5 above, in standard deviations.
constexpr float clipped_mean_sigma = -0.1342f;
constexpr int num_rounds = 8;
// The background of a slice varies by less.
constexpr float largest_ratio = 2;

// The mode of values most of which scatter symmetrically around it; the others lie above.
float mode_of(std::vector<float> values) {
  float centre = middle_value(values);
  for (int round = 0; round < num_rounds; ++round) {
    const float sigma = sigma_below(values, centre);
    double sum = 0;
    int count = 0;
    for (const float value : values) {
      if (value >= centre - lowest_sigma * sigma && value <= centre + highest_sigma * sigma) {
        sum += static_cast<double>(value);
        ++count;
      }
    }
    if (count == 0) {
      return centre;
    }
    centre = static_cast<float>(sum / count) - clipped_mean_sigma * sigma;
  }
  return centre;
}

// Nodes along one axis: evenly from the first voxel to the last.
struct NodeAxis {
  int count = 1;
  float voxels_per_node = 1;
};

NodeAxis node_axis(int length, float spacing_um) {
  const float length_um = static_cast<float>(length - 1) * spacing_um;
  const int intervals = static_cast<int>(std::ceil(length_um / node_distance_um));
  if (intervals == 0) {
    return {};
  }
  return {intervals + 1, static_cast<float>(length - 1) / static_cast<float>(intervals)};
}

// The blocks within reach of a node, along one axis.
struct Span {
  int begin = 0;
  int end = 0;
};

Span span_at(float voxel, int factor, int num_blocks, float spacing_um) {
  const float reach_vox = reach_um / spacing_um;
  const auto block = [&](float place) {
    return static_cast<int>(std::floor(place / static_cast<float>(factor)));
  };
  return {std::clamp(block(voxel - reach_vox), 0, num_blocks - 1),
          std::clamp(block(voxel + reach_vox) + 1, 1, num_blocks)};
}

// No node far above the others of its slice.
void limit_slice(VolumeView<float> nodes, int z) {
  const std::int64_t size = static_cast<std::int64_t>(nodes.extent.y) * nodes.extent.x;
  float* slice = nodes.data + size * z;
  const float limit = largest_ratio * middle_value(std::vector<float>(slice, slice + size));
  for (std::int64_t i = 0; i < size; ++i) {
    slice[i] = std::clamp(slice[i], 0.0f, std::max(limit, 0.0f));
  }
}

}  // namespace

Background estimate_background(const Exec& exec, CountsView stack, const NoiseModel& noise) {
  require(stack.extent.num_voxels() > 0, "an empty stack has no background");
  const AverageFactors factors = average_factors(stack.spacing, block_um);
  Volume<float> averaged(exec.space(), averaged_extent(stack.extent, factors), stack.spacing);
  average_in_plane(exec, stack, factors, noise.offset_counts, averaged.view());
  Volume<float> on_host;
  const VolumeView<const float> blocks = view_in(exec, MemorySpace::host, averaged, on_host);

  const NodeAxis rows = node_axis(stack.extent.y, stack.spacing.y_um);
  const NodeAxis columns = node_axis(stack.extent.x, stack.spacing.x_um);
  Background background{
      .nodes = Volume<float>(MemorySpace::host, {stack.extent.z, rows.count, columns.count},
                             {stack.spacing.z_um, 1, 1}),
      .rows_per_node = rows.voxels_per_node,
      .columns_per_node = columns.voxels_per_node};
  const VolumeView<float> nodes = background.nodes.view();
  const float photons_per_count = noise.gain_counts > 0 ? 1 / noise.gain_counts : 1;
  const auto value_at = [&](Voxel node) {
    const Span y = span_at(static_cast<float>(node.y) * rows.voxels_per_node, factors.y,
                           blocks.extent.y, stack.spacing.y_um);
    const Span x = span_at(static_cast<float>(node.x) * columns.voxels_per_node, factors.x,
                           blocks.extent.x, stack.spacing.x_um);
    std::vector<float> values;
    for (int i = y.begin; i < y.end; ++i) {
      for (int j = x.begin; j < x.end; ++j) {
        values.push_back(blocks(node.z, i, j) * photons_per_count);
      }
    }
    return mode_of(std::move(values));
  };
#pragma omp parallel for schedule(static)
  for (int z = 0; z < stack.extent.z; ++z) {
    for (int y = 0; y < rows.count; ++y) {
      for (int x = 0; x < columns.count; ++x) {
        nodes(z, y, x) = value_at({z, y, x});
      }
    }
    limit_slice(nodes, z);
  }
  Volume<float> scratch(MemorySpace::host, nodes.extent, nodes.spacing);
  Volume<float> smooth(MemorySpace::host, nodes.extent, nodes.spacing);
  smooth_gaussian(cpu_exec, std::as_const(background.nodes).view(), scratch.view(), smooth.view(),
                  {smoothing_z_um, smoothing_nodes, smoothing_nodes});
  background.nodes = std::move(smooth);
  return background;
}

}  // namespace bramble
