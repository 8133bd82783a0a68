#include "pipeline/phantom/render.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {
namespace {

// Columns are drawn this many at a time, as many as a vector register holds.
constexpr int lanes = 8;

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

Position lowest(Position a, Position b) {
  return {std::min(a.z_um, b.z_um), std::min(a.y_um, b.y_um), std::min(a.x_um, b.x_um)};
}

// The first index at or after a place along one axis; far places are kept within what an int holds.
int index_from(double um, double step_um) {
  constexpr double far = 1e8;
  return static_cast<int>(std::clamp(std::ceil(um / step_um), -far, far));
}

// What lies within reach of the box between two points.
FineBounds enclose(const FineGrid& grid, Position low, Position high, double reach_um) {
  const Spacing h = grid.spacing;
  const Position from = low - grid.origin - Position{reach_um, reach_um, reach_um};
  const Position to = high - grid.origin + Position{reach_um, reach_um, reach_um};
  return {.first_row = index_from(from.y_um, h.y_um),
          .end_row = index_from(to.y_um, h.y_um),
          .box = {.first_plane = index_from(from.z_um, h.z_um),
                  .end_plane = index_from(to.z_um, h.z_um),
                  .first_column = index_from(from.x_um, h.x_um),
                  .end_column = index_from(to.x_um, h.x_um)}};
}

// The width of the antialiased edge is the grid cell's along the body's normal, so it is wider in
// depth than in plane.
struct EdgeWidth {
  float square_z = 0;
  float square_y = 0;
  float square_x = 0;

  explicit EdgeWidth(Spacing h)
      : square_z(h.z_um * h.z_um), square_y(h.y_um * h.y_um), square_x(h.x_um * h.x_um) {}
  // The square width times the square length of a normal that need not have unit length.
  float operator()(float zz, float yy, float xx) const {
    return zz * square_z + yy * square_y + xx * square_x;
  }
};

float fill(float edges) { return std::min(std::max(0.5f - edges, 0.0f), 1.0f); }

struct Floats {
  float z = 0;
  float y = 0;
  float x = 0;

  explicit Floats(Position p)
      : z(static_cast<float>(p.z_um)),
        y(static_cast<float>(p.y_um)),
        x(static_cast<float>(p.x_um)) {}
};

}  // namespace

FineBox intersection(const FineBox& a, const FineBox& b) noexcept {
  return {std::max(a.first_plane, b.first_plane), std::min(a.end_plane, b.end_plane),
          std::max(a.first_column, b.first_column), std::min(a.end_column, b.end_column)};
}

FineBox hull(const FineBox& a, const FineBox& b) noexcept {
  return {std::min(a.first_plane, b.first_plane), std::max(a.end_plane, b.end_plane),
          std::min(a.first_column, b.first_column), std::max(a.end_column, b.end_column)};
}

FinePart::FinePart(const FineGrid& grid, const Capsule& capsule) {
  const double least_um = min_drawn_radius_um(grid.spacing);
  const double from_um = std::max(capsule.from_radius_um, least_um);
  const double to_um = std::max(capsule.to_radius_um, least_um);
  const Position line = capsule.to - capsule.from;
  const double line_um = std::max(bramble::length_um(line), 1e-6);
  const double true_um = 0.5 * (capsule.from_radius_um + capsule.to_radius_um);
  const double drawn_um = 0.5 * (from_um + to_um);
  const double square_um2 = mean_square_width_around(line * (1 / line_um), grid.spacing);
  // The soft edge of width h makes the cross-section of radius r larger by pi h^2 / 12.
  opacity_ = static_cast<float>(true_um * true_um / (drawn_um * drawn_um + square_um2 / 12));
  shape_ = FineLine{capsule.from, line, from_um, to_um - from_um};
  reach_um_ = std::max(from_um, to_um) + 0.5 * least_um;
  const Position low = lowest(capsule.from, capsule.to);
  bounds_ = enclose(grid, low, capsule.from + capsule.to - low, reach_um_);
}

FinePart::FinePart(const FineGrid& grid, const Spheroid& spheroid) {
  const double least_um = min_drawn_radius_um(grid.spacing);
  const double true_um = std::cbrt(spheroid.axial_radius_um * spheroid.transverse_radius_um *
                                   spheroid.transverse_radius_um);
  const double enlarged = std::max(1.0, least_um / true_um);
  const double axial_um = enlarged * spheroid.axial_radius_um;
  const double transverse_um = enlarged * spheroid.transverse_radius_um;
  const double drawn_um = enlarged * true_um;
  // The soft edge of width h makes the volume of a ball of radius r larger by pi r h^2 / 3.
  opacity_ =
      static_cast<float>(1 / (enlarged * enlarged * enlarged *
                              (1 + mean_square_width(grid.spacing) / (4 * drawn_um * drawn_um))));
  shape_ = FineBall{spheroid.centre, spheroid.axis, axial_um, transverse_um};
  reach_um_ = std::max(axial_um, transverse_um) + least_um;
  bounds_ = enclose(grid, spheroid.centre, spheroid.centre, reach_um_);
}

FineBox FinePart::box_in(const FineGrid& grid, int row) const noexcept {
  const double y_um = grid.origin.y_um + row * static_cast<double>(grid.spacing.y_um);
  const FineLine* line = std::get_if<FineLine>(&shape_);
  if (line == nullptr) {
    const FineBall& ball = *std::get_if<FineBall>(&shape_);
    const double off_um = y_um - ball.centre.y_um;
    const double reach_um = std::sqrt(std::max(0.0, reach_um_ * reach_um_ - off_um * off_um));
    return enclose(grid, ball.centre, ball.centre, reach_um).box;
  }
  // The piece of the line that comes within reach of the row.
  double from = 0;
  double to = 1;
  if (std::abs(line->line.y_um) > 1e-9) {
    const double low = (y_um - reach_um_ - line->start.y_um) / line->line.y_um;
    const double high = (y_um + reach_um_ - line->start.y_um) / line->line.y_um;
    from = std::clamp(std::min(low, high), 0.0, 1.0);
    to = std::clamp(std::max(low, high), 0.0, 1.0);
  }
  const Position a = line->start + line->line * from;
  const Position b = line->start + line->line * to;
  const Position low = lowest(a, b);
  return enclose(grid, low, a + b - low, reach_um_).box;
}

void OccupancyRow::start(int row, const FineBox& box) {
  row_ = row;
  box_ = box;
  stride_ = box.end_column - box.first_column + padding;
  occupancy_.assign(static_cast<std::size_t>(stride_ * (box.end_plane - box.first_plane)), 0.0f);
}

void OccupancyRow::draw(const FinePart& part) {
  if (row_ < part.bounds_.first_row || row_ >= part.bounds_.end_row) {
    return;
  }
  const FineBox box = intersection(part.box_in(grid_, row_), box_);
  if (box.empty()) {
    return;
  }
  std::visit([&](const auto& shape) { draw(shape, part.opacity_, box); }, part.shape_);
}

void OccupancyRow::subtract(const OccupancyRow& before) {
  for (std::size_t i = 0; i < occupancy_.size(); ++i) {
    occupancy_[i] -= before.occupancy_[i];
  }
}

Position OccupancyRow::centre_from(Position place, int plane, int column) const noexcept {
  const Spacing h = grid_.spacing;
  return grid_.origin - place +
         Position{plane * static_cast<double>(h.z_um), row_ * static_cast<double>(h.y_um),
                  column * static_cast<double>(h.x_um)};
}

void OccupancyRow::draw(const FineLine& line, float opacity, const FineBox& box) {
  const Floats b(line.line);
  const auto per_square = static_cast<float>(1 / std::max(dot(line.line, line.line), 1e-12));
  const auto radius = static_cast<float>(line.radius_um);
  const auto radius_change = static_cast<float>(line.radius_change_um);
  const EdgeWidth edge(grid_.spacing);
  const float step = grid_.spacing.x_um;
  for (int plane_index = box.first_plane; plane_index < box.end_plane; ++plane_index) {
    const Floats first(centre_from(line.start, plane_index, box.first_column));
    const float along_zy = first.z * b.z + first.y * b.y;
    float* cells = cells_of(plane_index, box.first_column);
    for (int column = 0; column < box.end_column - box.first_column; column += lanes) {
      for (int lane = 0; lane < lanes; ++lane) {
        const float x = first.x + static_cast<float>(column + lane) * step;
        const float t = std::min(std::max((along_zy + x * b.x) * per_square, 0.0f), 1.0f);
        // The 1e-6 um keep the normal of a point on the line defined.
        const float off_z = first.z - t * b.z + 1e-6f;
        const float off_y = first.y - t * b.y;
        const float off_x = x - t * b.x;
        const float zz = off_z * off_z;
        const float yy = off_y * off_y;
        const float xx = off_x * off_x;
        const float square = zz + yy + xx;
        const float distance = std::sqrt(square) - (radius + t * radius_change);
        const float edges = distance * std::sqrt(square / edge(zz, yy, xx));
        cells[column + lane] = std::max(cells[column + lane], opacity * fill(edges));
      }
    }
  }
}

void OccupancyRow::draw(const FineBall& ball, float opacity, const FineBox& box) {
  const Floats axis(ball.axis);
  const auto per_axial = static_cast<float>(1 / (ball.axial_radius_um * ball.axial_radius_um));
  const auto per_transverse =
      static_cast<float>(1 / (ball.transverse_radius_um * ball.transverse_radius_um));
  const EdgeWidth edge(grid_.spacing);
  const float step = grid_.spacing.x_um;
  for (int plane_index = box.first_plane; plane_index < box.end_plane; ++plane_index) {
    const Floats first(centre_from(ball.centre, plane_index, box.first_column));
    const float z = first.z + 1e-6f;
    const float along_zy = z * axis.z + first.y * axis.y;
    float* cells = cells_of(plane_index, box.first_column);
    for (int column = 0; column < box.end_column - box.first_column; column += lanes) {
      for (int lane = 0; lane < lanes; ++lane) {
        const float x = first.x + static_cast<float>(column + lane) * step;
        const float more = (along_zy + x * axis.x) * (per_axial - per_transverse);
        // Half the gradient of k0^2, k0 = |p / radii|; its length is k1 = |p / radii^2|.
        const float slope_z = z * per_transverse + axis.z * more;
        const float slope_y = first.y * per_transverse + axis.y * more;
        const float slope_x = x * per_transverse + axis.x * more;
        const float k0 = std::sqrt(z * slope_z + first.y * slope_y + x * slope_x);
        // The distance k0 (k0 - 1) / k1 over the edge's width along the slope.
        const float width_times_k1 =
            std::sqrt(edge(slope_z * slope_z, slope_y * slope_y, slope_x * slope_x));
        cells[column + lane] =
            std::max(cells[column + lane], opacity * fill(k0 * (k0 - 1) / width_times_k1));
      }
    }
  }
}

void append_parts(const FineGrid& grid, const DyedBody& body, std::vector<FinePart>& parts) {
  for (const Capsule& capsule : body.capsules) {
    parts.emplace_back(grid, capsule);
  }
  for (const Spheroid& spheroid : body.spheroids) {
    parts.emplace_back(grid, spheroid);
  }
}

}  // namespace bramble
