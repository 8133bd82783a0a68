#pragma once

#include "kernels/core/geometry.hpp"

#include <cstdint>
#include <vector>

namespace bramble {

// A piece of shaft or neck: all points within the radius, which changes linearly, of the line
// between two points.
struct Capsule {
  Position from;
  Position to;
  double from_radius_um = 0;
  double to_radius_um = 0;
};

// A head: an ellipsoid of revolution.
struct Spheroid {
  Position centre;
  Position axis;               // unit vector
  double axial_radius_um = 0;  // along the axis
  double transverse_radius_um = 0;
};

// The union of its parts, evenly filled with dye.
struct DyedCell {
  std::vector<Capsule> capsules;
  std::vector<Spheroid> spheroids;
  double gain = 1;
};

// The grid that cells are drawn on: half a pixel in plane, 0.125 um in depth.
struct FineGrid {
  Extent extent;
  Spacing spacing;
  Position origin;  // the centre of cell (0, 0, 0)
};

// The part of a cell that fills each cell of one row (z, x) of a fine grid. Kept by a worker and
// used again for every row.
class OccupancyRow {
 public:
  explicit OccupancyRow(const FineGrid& grid);

  // Draws the cross-section of the cell with row `row`: 0 outside, 1 inside, antialiased, not
  // multiplied by the gain. Parts are combined by maximum, so that overlap counts once.
  // Antialiasing enlarges a thin body and the grid misses parts of it: it is drawn at least as
  // thick as the grid and dimmed until its cross-section is right.
  void draw(const DyedCell& cell, int row);

  // The box that `draw` has touched; everything outside is 0.
  int first_plane() const noexcept { return first_plane_; }
  int end_plane() const noexcept { return end_plane_; }
  int first_column() const noexcept { return first_column_; }
  int end_column() const noexcept { return end_column_; }
  const float* plane(int z) const noexcept {
    return occupancy_.data() + static_cast<std::int64_t>(z) * grid_.extent.x;
  }

 private:
  // Places and directions relative to the grid's origin, in float.
  struct Point {
    float z = 0;
    float y = 0;
    float x = 0;
  };
  struct Box {
    int first_plane = 0;
    int end_plane = 0;
    int first_column = 0;
    int end_column = 0;
  };

  void clear();
  Point point_of(Position position) const;
  // The cells of this row that a body between two points, `reach_um` thick, can touch; false when
  // there is none.
  bool touch(Position low, Position high, double reach_um, int row, Box& box);
  void draw_capsule(const Capsule& capsule, int row);
  void draw_spheroid(const Spheroid& spheroid, int row);
  float* drawn_plane(int z) noexcept {
    return occupancy_.data() + static_cast<std::int64_t>(z) * grid_.extent.x;
  }

  FineGrid grid_;
  std::vector<float> occupancy_;
  int first_plane_ = 0;
  int end_plane_ = 0;
  int first_column_ = 0;
  int end_column_ = 0;
};

}  // namespace bramble
