#include "pipeline/stack/shaft_index.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/stack/centreline.hpp"
#include "pipeline/stack/polyline.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace bramble {

namespace {

constexpr double axial_weight = 0.25;
constexpr double no_other_shaft_um = 1e3;
constexpr int tangent_reach_nodes = 3;

double weighted_distance_um(Position a, Position b) {
  return length_um({axial_weight * (a.z_um - b.z_um), a.y_um - b.y_um, a.x_um - b.x_um});
}

}  // namespace

ShaftIndex::ShaftIndex(const std::vector<Dendrite>& dendrites, double reach_um)
    : dendrites_(dendrites), reach_um_(reach_um) {
  require(reach_um > 0, "the reach of a shaft index must be positive");
  low_y_um_ = std::numeric_limits<double>::max();
  low_x_um_ = low_y_um_;
  double high_y_um = -low_y_um_;
  double high_x_um = -low_x_um_;
  for (const Dendrite& dendrite : dendrites) {
    path_um_.push_back(path_lengths_um(dendrite.nodes));
    normals_.emplace_back();
    for (const Position direction : tangents(dendrite.nodes, tangent_reach_nodes)) {
      normals_.back().push_back(in_plane_normal(direction));
    }
    for (const Position& p : dendrite.nodes) {
      low_y_um_ = std::min(low_y_um_, p.y_um);
      low_x_um_ = std::min(low_x_um_, p.x_um);
      high_y_um = std::max(high_y_um, p.y_um);
      high_x_um = std::max(high_x_um, p.x_um);
    }
  }
  if (dendrites.empty()) {
    low_y_um_ = low_x_um_ = high_y_um = high_x_um = 0;
  }
  low_y_um_ -= reach_um;
  low_x_um_ -= reach_um;
  tiles_y_ = static_cast<int>((high_y_um + reach_um - low_y_um_) / reach_um) + 1;
  tiles_x_ = static_cast<int>((high_x_um + reach_um - low_x_um_) / reach_um) + 1;
  tiles_.resize(static_cast<std::size_t>(tiles_y_) * static_cast<std::size_t>(tiles_x_));
  for (std::size_t d = 0; d < dendrites.size(); ++d) {
    for (std::size_t n = 0; n < dendrites[d].nodes.size(); ++n) {
      const Position p = dendrites[d].nodes[n];
      tiles_[tile_of(p.y_um, p.x_um)].push_back({static_cast<int>(d), static_cast<int>(n)});
    }
  }
}

std::size_t ShaftIndex::tile_of(double y_um, double x_um) const {
  const int y = std::clamp(static_cast<int>((y_um - low_y_um_) / reach_um_), 0, tiles_y_ - 1);
  const int x = std::clamp(static_cast<int>((x_um - low_x_um_) / reach_um_), 0, tiles_x_ - 1);
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(tiles_x_) +
         static_cast<std::size_t>(x);
}

ShaftPoint ShaftIndex::locate(Position p) const {
  std::vector<double> nearest_um(dendrites_.size(), no_other_shaft_um);
  std::vector<int> nearest_node(dendrites_.size(), -1);
  for (const double dy : {-reach_um_, 0.0, reach_um_}) {
    for (const double dx : {-reach_um_, 0.0, reach_um_}) {
      const double y = p.y_um + dy;
      const double x = p.x_um + dx;
      if (y < low_y_um_ || x < low_x_um_ || y >= low_y_um_ + tiles_y_ * reach_um_ ||
          x >= low_x_um_ + tiles_x_ * reach_um_) {
        continue;
      }
      for (const NodeRef ref : tiles_[tile_of(y, x)]) {
        const double distance = weighted_distance_um(p, dendrites_[ref.dendrite].nodes[ref.node]);
        if (distance < nearest_um[ref.dendrite]) {
          nearest_um[ref.dendrite] = distance;
          nearest_node[ref.dendrite] = ref.node;
        }
      }
    }
  }
  ShaftPoint found;
  double second_um = no_other_shaft_um;
  for (int d = 0; d < static_cast<int>(dendrites_.size()); ++d) {
    if (nearest_node[d] < 0) {
      continue;
    }
    if (found.dendrite < 0 || nearest_um[d] < nearest_um[found.dendrite]) {
      second_um = found.dendrite < 0 ? no_other_shaft_um : nearest_um[found.dendrite];
      found.dendrite = d;
    } else {
      second_um = std::min(second_um, nearest_um[d]);
    }
  }
  if (found.dendrite < 0) {
    return found;
  }
  found.node = nearest_node[found.dendrite];
  const Position node = dendrites_[found.dendrite].nodes[found.node];
  if (distance_in_plane_um(p, node) > reach_um_) {
    return {};
  }
  found.path_um = path_um_[found.dendrite][found.node];
  found.axial_um = p.z_um - node.z_um;
  found.margin_um = second_um - nearest_um[found.dendrite];
  const Position across = normals_[found.dendrite][found.node];
  const double signed_um = (p.y_um - node.y_um) * across.y_um + (p.x_um - node.x_um) * across.x_um;
  found.lateral_um = std::copysign(distance_in_plane_um(p, node), signed_um);
  return found;
}

}  // namespace bramble
