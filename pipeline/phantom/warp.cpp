#include "pipeline/phantom/warp.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace bramble {
namespace {

constexpr int support = 4;  // nodes of a cubic B-spline that move a point, per axis

// The nodes that move a point, along one axis, and how much.
struct Weights {
  int first = 0;
  std::array<double, support> weight{};
};

Weights weigh(double distance_um, double step_um) {
  const double steps = distance_um / step_um;
  const double whole = std::floor(steps);
  const double t = steps - whole;
  const double s = 1 - t;
  return {.first = static_cast<int>(whole) - 1,
          .weight = {s * s * s / 6, (3 * t * t * t - 6 * t * t + 4) / 6,
                     (3 * s * s * s - 6 * s * s + 4) / 6, t * t * t / 6}};
}

// As many nodes as support every point between two places, the first one at low - step.
int count_nodes(double low_um, double high_um, double step_um) {
  return static_cast<int>(std::floor((high_um - low_um) / step_um)) + support;
}

}  // namespace

Position Warp::at(Position point) const noexcept {
  if (displacements.empty()) {
    return {};
  }
  const Position from_origin = point - origin;
  const Weights z = weigh(from_origin.z_um, step_um);
  const Weights y = weigh(from_origin.y_um, step_um);
  const Weights x = weigh(from_origin.x_um, step_um);
  Position sum;
  for (int k = 0; k < support; ++k) {
    for (int j = 0; j < support; ++j) {
      for (int i = 0; i < support; ++i) {
        const Voxel node{z.first + k, y.first + j, x.first + i};
        if (num_nodes.contains(node)) {
          const auto part = static_cast<std::size_t>(num_nodes.index(node));
          sum = sum + displacements[part] * (z.weight[static_cast<std::size_t>(k)] *
                                             y.weight[static_cast<std::size_t>(j)] *
                                             x.weight[static_cast<std::size_t>(i)]);
        }
      }
    }
  }
  return sum;
}

Position Warp::node(std::size_t i) const noexcept {
  const Voxel index = num_nodes.voxel(static_cast<std::int64_t>(i));
  return origin + Position{static_cast<double>(index.z), static_cast<double>(index.y),
                           static_cast<double>(index.x)} *
                      step_um;
}

Warp draw_warp(double sd_um, double correlation_um, const TissueBox& box,
               const RandomPlace& place) {
  if (sd_um <= 0) {
    return {};
  }
  // The sum of the squared weights along one axis, averaged over places.
  constexpr double kept_variance = 151.0 / 315;
  const double node_sd_um = sd_um / std::pow(kept_variance, 1.5);
  Warp warp{.origin = box.low - Position{1, 1, 1} * correlation_um,
            .step_um = correlation_um,
            .num_nodes = {count_nodes(box.low.z_um, box.high.z_um, correlation_um),
                          count_nodes(box.low.y_um, box.high.y_um, correlation_um),
                          count_nodes(box.low.x_um, box.high.x_um, correlation_um)},
            .displacements = {}};
  Random random(place);
  for (std::int64_t i = 0; i < warp.num_nodes.num_voxels(); ++i) {
    const auto [y, x] = random.normal_pair();
    warp.displacements.push_back(Position{random.normal(), y, x} * node_sd_um);
  }
  return warp;
}

}  // namespace bramble
