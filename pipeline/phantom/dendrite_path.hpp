#pragma once

#include "kernels/core/geometry.hpp"

#include <cstddef>
#include <vector>

namespace bramble {

// A shaft in the frame of the field's first session. Reaches beyond the volume on both sides, so
// that what a later session sees of it after its pose change is tissue too.
struct DendritePath {
  static constexpr double node_step_um = 0.1;
  static constexpr double min_separation_um = 4;  // between the centrelines of two

  std::vector<Position> nodes;    // node i lies at path position i * node_step_um
  std::vector<double> radius_um;  // per node
  double gain = 1;                // brightness relative to the nominal shaft; one for a tree
  int parent = -1;                // index of the dendrite that this one branches off, -1 for none
  int parent_node = -1;           // ... and the node there that it starts from
  int first_node = 0;             // so many nodes before these are lost
  double bare_um = 0;             // no spines on so much of its start: the joint with its parent

  double length_um() const noexcept { return static_cast<double>(nodes.size() - 1) * node_step_um; }
};

// A place on a path, with the unit tangent towards higher path positions.
struct PathPoint {
  Position position;
  Position tangent;
  double radius_um = 0;
};

// Interpolated linearly; path positions beyond the ends give the ends. The path has two nodes or
// more.
PathPoint point_at(const DendritePath& path, double path_um);

// The node that is nearest to a point, and how far the point lies from the shaft's surface there
// (negative: inside).
struct NearestNode {
  std::size_t node = 0;
  double from_surface_um = 0;
};
NearestNode nearest_node(const DendritePath& path, Position point);

// Whether any of the points lies nearer to the path's centreline than this. Skips the nodes that
// cannot be near enough, so it costs some tens of distances per point.
bool comes_within(const std::vector<Position>& points, const DendritePath& path, double limit_um);

// Where the dendrites must not be touched: `limit_um` from the surface at a dendrite's thickest
// place.
bool touches_any(const std::vector<Position>& points, const std::vector<DendritePath>& dendrites,
                 double limit_um);

}  // namespace bramble
