#pragma once

#include "kernels/core/geometry.hpp"

#include <vector>

// Open curves given by their points, in um.
namespace bramble {

// Distance along the curve from its first point, per point; the last entry is its length.
std::vector<double> path_lengths_um(const std::vector<Position>& points);

double polyline_length_um(const std::vector<Position>& points);

// The curve as the plane of the image shows it: every z is 0.
std::vector<Position> in_plane(std::vector<Position> points);

// Points at equal distances of about `step_um` along the curve, both ends kept. A curve without
// length gives one point.
std::vector<Position> resample(const std::vector<Position>& points, double step_um);

// Standard deviations of the Gaussian along the curve; z is smoothed more because its steps are
// coarser.
struct PolylineSmoothing {
  double sigma_z_um = 1.5;
  double sigma_xy_um = 0.6;
};

// Smooths the coordinates of a curve with points at equal distances. The curve is continued
// point-symmetrically beyond its ends, which therefore stay where they are.
std::vector<Position> smooth(const std::vector<Position>& points, double step_um,
                             const PolylineSmoothing& params);

// Smooths one number per point in the same way; beyond the ends the end values go on.
std::vector<double> smooth_along(const std::vector<double>& values, double step_um,
                                 double sigma_um);

// Running median over +- half_width_um; the window is cut at the ends.
std::vector<double> median_along(const std::vector<double>& values, double step_um,
                                 double half_width_um);

// Unit tangent per point from central differences over +- reach points.
std::vector<Position> tangents(const std::vector<Position>& points, int reach);

}  // namespace bramble
