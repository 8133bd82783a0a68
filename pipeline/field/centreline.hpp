#pragma once

#include "kernels/core/geometry.hpp"

#include <cstddef>
#include <vector>

namespace bramble {

// Where a point meets a centreline.
struct Foot {
  double path_um = 0;  // along the line from its first node; below 0 or above the length where the
                       // point lies beyond an end
  Position place;      // the point of the line there, on its straight continuation beyond an end
  Position offset;     // from there to the point
};

// Axial positions are known about 2.5 times less well than positions in the plane: a distance in z
// counts that much less.
inline constexpr double axial_weight = 0.4;

// The distance that decides which point of a line is nearest: in plane, and axial_weight times in
// z.
double weighted_distance_um(Position offset) noexcept;

// A line through nodes, measured by its path length in 3-D.
class Centreline {
 public:
  Centreline() = default;
  // At least one node.
  explicit Centreline(std::vector<Position> nodes);

  const std::vector<Position>& nodes() const noexcept { return nodes_; }
  std::size_t size() const noexcept { return nodes_.size(); }
  double path_um(std::size_t node) const noexcept { return path_um_[node]; }
  double length_um() const noexcept { return path_um_.back(); }

  // The point at a path position; beyond the ends, straight on.
  Position at(double path_um) const;
  // Unit vector along the line, from the chord of 1 um around the place; (0, 0, 1) for a line
  // without length.
  Position direction(double path_um) const;
  // The nearest point of the line in the weighted distance. Cost: linear in the nodes.
  Foot foot_of(Position point) const;
  // The same among the path positions within `reach_um` of `path_um`.
  Foot foot_near(Position point, double path_um, double reach_um) const;
  // False only when every node is further from the point than `reach_um` along some axis.
  bool may_reach(Position point, double reach_um) const noexcept;

 private:
  std::size_t segment_at(double path_um) const;
  Foot foot_among(Position point, std::size_t first_node, std::size_t last_node) const;

  std::vector<Position> nodes_;
  std::vector<double> path_um_;
  Position low_;
  Position high_;
};

}  // namespace bramble
