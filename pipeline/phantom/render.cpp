#include "pipeline/phantom/render.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {
namespace {

// A body is drawn at least this thick: as many grid planes as resolve it, and far below the
// resolution of the optics.
double min_drawn_radius_um(Spacing spacing) {
  return std::max({spacing.z_um, spacing.y_um, spacing.x_um});
}

// Mean square width of a grid cell seen along the normals of a cylinder around `axis` (a unit
// vector).
double mean_square_width_around(Position axis, Spacing h) {
  const auto part = [](double width, double along) {
    return 0.5 * width * width * (1 - along * along);
  };
  return part(h.z_um, axis.z_um) + part(h.y_um, axis.y_um) + part(h.x_um, axis.x_um);
}

double mean_square_width(Spacing h) {
  const Position width{h.z_um, h.y_um, h.x_um};
  return dot(width, width) / 3;
}

// The width of the antialiased edge is the grid cell's along the body's normal, so it is wider in
// depth than in plane.
struct EdgeWidth {
  float square_z = 0;
  float square_y = 0;
  float square_x = 0;

  explicit EdgeWidth(Spacing h)
      : square_z(h.z_um * h.z_um), square_y(h.y_um * h.y_um), square_x(h.x_um * h.x_um) {}
  // Of a normal that need not have unit length.
  float operator()(float z, float y, float x) const {
    return std::sqrt((z * z * square_z + y * y * square_y + x * x * square_x) /
                     (z * z + y * y + x * x));
  }
};

float fill(float distance_um, float edge_um) {
  return std::clamp(0.5f - distance_um / edge_um, 0.0f, 1.0f);
}

}  // namespace

OccupancyRow::OccupancyRow(const FineGrid& grid)
    : grid_(grid),
      occupancy_(static_cast<std::size_t>(grid.extent.z) *
                 static_cast<std::size_t>(grid.extent.x)) {}

void OccupancyRow::clear() {
  for (int z = first_plane_; z < end_plane_; ++z) {
    std::fill(drawn_plane(z) + first_column_, drawn_plane(z) + end_column_, 0.0f);
  }
  first_plane_ = grid_.extent.z;
  end_plane_ = 0;
  first_column_ = grid_.extent.x;
  end_column_ = 0;
}

void OccupancyRow::draw(const DyedCell& cell, int row) {
  clear();
  for (const Capsule& capsule : cell.capsules) {
    draw_capsule(capsule, row);
  }
  for (const Spheroid& spheroid : cell.spheroids) {
    draw_spheroid(spheroid, row);
  }
}

OccupancyRow::Point OccupancyRow::point_of(Position position) const {
  const Position p = position - grid_.origin;
  return {static_cast<float>(p.z_um), static_cast<float>(p.y_um), static_cast<float>(p.x_um)};
}

bool OccupancyRow::touch(Position low, Position high, double reach_um, int row, Box& box) {
  const Point first = point_of(low - Position{reach_um, reach_um, reach_um});
  const Point last = point_of(high + Position{reach_um, reach_um, reach_um});
  const float y_um = static_cast<float>(row) * grid_.spacing.y_um;
  if (y_um < first.y || y_um > last.y) {
    return false;
  }
  const auto index_from = [](float um, float step_um, int size) {
    return std::clamp(static_cast<int>(std::ceil(um / step_um)), 0, size);
  };
  box = {.first_plane = index_from(first.z, grid_.spacing.z_um, grid_.extent.z),
         .end_plane = index_from(last.z, grid_.spacing.z_um, grid_.extent.z),
         .first_column = index_from(first.x, grid_.spacing.x_um, grid_.extent.x),
         .end_column = index_from(last.x, grid_.spacing.x_um, grid_.extent.x)};
  if (box.first_plane >= box.end_plane || box.first_column >= box.end_column) {
    return false;
  }
  first_plane_ = std::min(first_plane_, box.first_plane);
  end_plane_ = std::max(end_plane_, box.end_plane);
  first_column_ = std::min(first_column_, box.first_column);
  end_column_ = std::max(end_column_, box.end_column);
  return true;
}

void OccupancyRow::draw_capsule(const Capsule& capsule, int row) {
  const Spacing h = grid_.spacing;
  const double least_um = min_drawn_radius_um(h);
  const double from_um = std::max(capsule.from_radius_um, least_um);
  const double to_um = std::max(capsule.to_radius_um, least_um);
  const Position low{std::min(capsule.from.z_um, capsule.to.z_um),
                     std::min(capsule.from.y_um, capsule.to.y_um),
                     std::min(capsule.from.x_um, capsule.to.x_um)};
  const Position high = capsule.from + capsule.to - low;
  Box box;
  if (!touch(low, high, std::max(from_um, to_um) + least_um, row, box)) {
    return;
  }
  const Position line = capsule.to - capsule.from;
  const double line_um = std::max(length_um(line), 1e-6);
  const double true_um = 0.5 * (capsule.from_radius_um + capsule.to_radius_um);
  const double drawn_um = 0.5 * (from_um + to_um);
  // The soft edge of width h makes the cross-section of radius r larger by pi h^2 / 12.
  const auto opacity = static_cast<float>(
      true_um * true_um /
      (drawn_um * drawn_um + mean_square_width_around(line * (1 / line_um), h) / 12));

  const Point a = point_of(capsule.from);
  const Point b{static_cast<float>(line.z_um), static_cast<float>(line.y_um),
                static_cast<float>(line.x_um)};
  const auto per_square = static_cast<float>(1 / (line_um * line_um));
  const auto radius = static_cast<float>(from_um);
  const auto radius_change = static_cast<float>(to_um - from_um);
  const EdgeWidth edge(h);
  const float y = static_cast<float>(row) * h.y_um - a.y;
  for (int plane_index = box.first_plane; plane_index < box.end_plane; ++plane_index) {
    const float z = static_cast<float>(plane_index) * h.z_um - a.z;
    float* cells = drawn_plane(plane_index);
    for (int column = box.first_column; column < box.end_column; ++column) {
      const float x = static_cast<float>(column) * h.x_um - a.x;
      const float t = std::clamp((z * b.z + y * b.y + x * b.x) * per_square, 0.0f, 1.0f);
      // The 1e-6 um keep the normal of a point on the line defined.
      const float off_z = z - t * b.z + 1e-6f;
      const float off_y = y - t * b.y;
      const float off_x = x - t * b.x;
      const float distance =
          std::sqrt(off_z * off_z + off_y * off_y + off_x * off_x) - (radius + t * radius_change);
      cells[column] = std::max(cells[column], opacity * fill(distance, edge(off_z, off_y, off_x)));
    }
  }
}

void OccupancyRow::draw_spheroid(const Spheroid& spheroid, int row) {
  const Spacing h = grid_.spacing;
  const double least_um = min_drawn_radius_um(h);
  const double true_um = std::cbrt(spheroid.axial_radius_um * spheroid.transverse_radius_um *
                                   spheroid.transverse_radius_um);
  const double enlarged = std::max(1.0, least_um / true_um);
  const double axial_um = enlarged * spheroid.axial_radius_um;
  const double transverse_um = enlarged * spheroid.transverse_radius_um;
  Box box;
  if (!touch(spheroid.centre, spheroid.centre, std::max(axial_um, transverse_um) + least_um, row,
             box)) {
    return;
  }
  const double drawn_um = enlarged * true_um;
  // The soft edge of width h makes the volume of a ball of radius r larger by pi r h^2 / 3.
  const auto opacity =
      static_cast<float>(1 / (enlarged * enlarged * enlarged *
                              (1 + mean_square_width(h) / (4 * drawn_um * drawn_um))));

  const Point centre = point_of(spheroid.centre);
  const Point axis{static_cast<float>(spheroid.axis.z_um), static_cast<float>(spheroid.axis.y_um),
                   static_cast<float>(spheroid.axis.x_um)};
  const auto per_axial = static_cast<float>(1 / (axial_um * axial_um));
  const auto per_transverse = static_cast<float>(1 / (transverse_um * transverse_um));
  const EdgeWidth edge(h);
  const float y = static_cast<float>(row) * h.y_um - centre.y;
  for (int plane_index = box.first_plane; plane_index < box.end_plane; ++plane_index) {
    const float z = static_cast<float>(plane_index) * h.z_um - centre.z + 1e-6f;
    float* cells = drawn_plane(plane_index);
    for (int column = box.first_column; column < box.end_column; ++column) {
      const float x = static_cast<float>(column) * h.x_um - centre.x;
      const float along = z * axis.z + y * axis.y + x * axis.x;
      const float more = along * (per_axial - per_transverse);
      // Half the gradient of k0^2, k0 = |p / radii|; its length is k1 = |p / radii^2|.
      const float slope_z = z * per_transverse + axis.z * more;
      const float slope_y = y * per_transverse + axis.y * more;
      const float slope_x = x * per_transverse + axis.x * more;
      const float k0 = std::sqrt(z * slope_z + y * slope_y + x * slope_x);
      const float k1 = std::sqrt(slope_z * slope_z + slope_y * slope_y + slope_x * slope_x);
      const float distance = k0 * (k0 - 1) / k1;
      cells[column] =
          std::max(cells[column], opacity * fill(distance, edge(slope_z, slope_y, slope_x)));
    }
  }
}

}  // namespace bramble
