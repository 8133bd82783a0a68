#pragma once

#include "kernels/core/geometry.hpp"

#include <cstdint>
#include <variant>
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

// The union of its parts.
struct DyedBody {
  std::vector<Capsule> capsules;
  std::vector<Spheroid> spheroids;
};

// The union of its bodies, evenly filled with dye: a dendritic tree with its spines, an axon with
// its boutons, a punctum.
struct DyedCell {
  DyedBody shaft;
  std::vector<DyedBody> spines;
  double gain = 1;
};

// The lattice that cells are drawn on, without ends: half a pixel in plane, 0.125 um in depth.
// Indices may be negative.
struct FineGrid {
  Spacing spacing;
  Position origin;  // the centre of cell (0, 0, 0)
};

// A range of planes and columns of one row of the grid.
struct FineBox {
  int first_plane = 0;
  int end_plane = 0;
  int first_column = 0;
  int end_column = 0;

  bool empty() const noexcept { return first_plane >= end_plane || first_column >= end_column; }
};

// The rows, and the planes and columns within them, that something touches.
struct FineBounds {
  int first_row = 0;
  int end_row = 0;
  FineBox box;
};

FineBox intersection(const FineBox& a, const FineBox& b) noexcept;
// The smallest box around both, neither of which is empty.
FineBox hull(const FineBox& a, const FineBox& b) noexcept;

// A capsule from `start` along `line`, as it is drawn.
struct FineLine {
  Position start;
  Position line;
  double radius_um = 0;
  double radius_change_um = 0;  // to its end
};

// A spheroid as it is drawn.
struct FineBall {
  Position centre;
  Position axis;
  double axial_radius_um = 0;
  double transverse_radius_um = 0;
};

// A capsule or spheroid made ready to be drawn. Antialiasing enlarges a thin body and the grid
// misses parts of it: it is drawn at least as thick as the grid and dimmed until its cross-section
// is right.
class FinePart {
 public:
  FinePart(const FineGrid& grid, const Capsule& capsule);
  FinePart(const FineGrid& grid, const Spheroid& spheroid);

  const FineBounds& bounds() const noexcept { return bounds_; }
  // The planes and columns that it touches in one of its rows.
  FineBox box_in(const FineGrid& grid, int row) const noexcept;

 private:
  friend class OccupancyRow;
  std::variant<FineLine, FineBall> shape_;
  double reach_um_ = 0;  // of the line or centre
  float opacity_ = 0;
  FineBounds bounds_;
};

// The part of a cell that fills each cell of a box in one row of the grid: 0 outside, 1 inside,
// antialiased, not multiplied by the gain. Kept by a worker and used again for every box.
class OccupancyRow {
 public:
  // Cells behind a plane's last column that may be read and hold anything.
  static constexpr int padding = 16;

  explicit OccupancyRow(const FineGrid& grid) : grid_(grid) {}

  // An empty box.
  void start(int row, const FineBox& box);
  // Adds what of a part lies in the box. Parts are combined by maximum, so that overlap counts
  // once.
  void draw(const FinePart& part);
  // Replaces what is drawn by what has been added to `before`, a row of the same box.
  void subtract(const OccupancyRow& before);

  const FineBox& box() const noexcept { return box_; }
  int row() const noexcept { return row_; }
  // The cells of a plane of the box, from first_column on; the next plane's are `stride` further.
  const float* plane(int z) const noexcept {
    return occupancy_.data() + (z - box_.first_plane) * stride_;
  }
  std::int64_t stride() const noexcept { return stride_; }

 private:
  void draw(const FineLine& line, float opacity, const FineBox& box);
  void draw(const FineBall& ball, float opacity, const FineBox& box);
  // The cell's centre as seen from a place.
  Position centre_from(Position place, int plane, int column) const noexcept;
  float* cells_of(int plane, int column) noexcept {
    return occupancy_.data() + (plane - box_.first_plane) * stride_ + (column - box_.first_column);
  }

  FineGrid grid_;
  int row_ = 0;
  FineBox box_;
  std::int64_t stride_ = 0;  // of planes
  std::vector<float> occupancy_;
};

// All parts of a body.
void append_parts(const FineGrid& grid, const DyedBody& body, std::vector<FinePart>& parts);

}  // namespace bramble
