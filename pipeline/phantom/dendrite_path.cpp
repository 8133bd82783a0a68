#include "pipeline/phantom/dendrite_path.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace bramble {

PathPoint point_at(const DendritePath& path, double path_um) {
  const auto last = static_cast<double>(path.nodes.size() - 1);
  const double node = std::clamp(path_um / DendritePath::node_step_um, 0.0, last);
  const auto i = std::min(static_cast<std::size_t>(node), path.nodes.size() - 2);
  const double part = node - static_cast<double>(i);
  const Position chord = path.nodes[i + 1] - path.nodes[i];
  return {path.nodes[i] + chord * part, chord * (1 / length_um(chord)),
          path.radius_um[i] + (path.radius_um[i + 1] - path.radius_um[i]) * part};
}

NearestNode nearest_node(const DendritePath& path, Position point) {
  NearestNode nearest;
  double least_um = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < path.nodes.size(); ++i) {
    const double um = distance_um(path.nodes[i], point);
    if (um < least_um) {
      least_um = um;
      nearest = {i, um - path.radius_um[i]};
    }
  }
  return nearest;
}

bool comes_within(const std::vector<Position>& points, const DendritePath& path, double limit_um) {
  for (const Position& point : points) {
    std::size_t i = 0;
    while (i < path.nodes.size()) {
      const double spare_um = distance_um(path.nodes[i], point) - limit_um;
      if (spare_um < 0) {
        return true;
      }
      // No node comes nearer by more than its way along the path.
      i += std::max<std::size_t>(
          1, static_cast<std::size_t>(std::ceil(spare_um / DendritePath::node_step_um)));
    }
  }
  return false;
}

bool touches_any(const std::vector<Position>& points, const std::vector<DendritePath>& dendrites,
                 double limit_um) {
  return std::any_of(dendrites.begin(), dendrites.end(), [&](const DendritePath& dendrite) {
    const double thickest_um =
        *std::max_element(dendrite.radius_um.begin(), dendrite.radius_um.end());
    return comes_within(points, dendrite, thickest_um + limit_um);
  });
}

}  // namespace bramble
