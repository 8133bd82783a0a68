#include "pipeline/stack/centreline.hpp"

#include "kernels/core/interpolate.hpp"
#include "pipeline/stack/polyline.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {

namespace {

constexpr int num_refinements = 2;
constexpr int profile_half_points = 6;
constexpr double tangent_reach_um = 0.75;
constexpr double least_z_smoothing_um = 1.5;
constexpr double move_median_um = 1.0;
constexpr double move_smoothing_um = 0.75;

// Where the profile through `centre` along `direction` has the centroid of what exceeds half its
// maximum, as a signed distance.
double ridge_offset_um(VolumeView<const float> smoothed, Position centre, Position direction,
                       double reach_um) {
  float values[2 * profile_half_points + 1];
  float highest = 0;
  for (int i = -profile_half_points; i <= profile_half_points; ++i) {
    const double u = reach_um * i / profile_half_points;
    values[i + profile_half_points] = interpolate(smoothed, centre + direction * u);
    highest = std::max(highest, values[i + profile_half_points]);
  }
  double moment = 0;
  double weight = 0;
  for (int i = -profile_half_points; i <= profile_half_points; ++i) {
    const double excess =
        std::max(0.0, static_cast<double>(values[i + profile_half_points]) - 0.5 * highest);
    moment += excess * reach_um * i / profile_half_points;
    weight += excess;
  }
  return weight > 0 ? moment / weight : 0;
}

std::vector<double> smooth_moves(const std::vector<double>& moves_um, double step_um) {
  return smooth_along(median_along(moves_um, step_um, move_median_um), step_um, move_smoothing_um);
}

std::vector<Position> move_to_ridge(const std::vector<Position>& points,
                                    VolumeView<const float> smoothed,
                                    const CentrelineParams& params) {
  const int reach = std::max(1, static_cast<int>(std::lround(tangent_reach_um / params.step_um)));
  const std::vector<Position> directions = tangents(points, reach);
  std::vector<double> across_um;
  std::vector<double> deep_um;
  for (std::size_t i = 0; i < points.size(); ++i) {
    across_um.push_back(
        ridge_offset_um(smoothed, points[i], in_plane_normal(directions[i]), params.search_xy_um));
    deep_um.push_back(ridge_offset_um(smoothed, points[i], {1, 0, 0}, params.search_z_um));
  }
  across_um = smooth_moves(across_um, params.step_um);
  deep_um = smooth_moves(deep_um, params.step_um);
  std::vector<Position> moved;
  for (std::size_t i = 0; i < points.size(); ++i) {
    moved.push_back(points[i] + in_plane_normal(directions[i]) * across_um[i] +
                    Position{deep_um[i], 0, 0});
  }
  return moved;
}

}  // namespace

Position in_plane_normal(Position tangent) {
  const double length = std::hypot(tangent.y_um, tangent.x_um);
  if (length == 0) {
    return {0, 0, 1};
  }
  return {0, -tangent.x_um / length, tangent.y_um / length};
}

std::vector<Position> fit_centreline(const std::vector<Position>& skeleton_points,
                                     VolumeView<const float> smoothed,
                                     const CentrelineParams& params) {
  const PolylineSmoothing smoothing{
      .sigma_z_um = std::max(least_z_smoothing_um, params.smoothing_um),
      .sigma_xy_um = params.smoothing_um};
  std::vector<Position> points =
      smooth(resample(skeleton_points, params.step_um), params.step_um, smoothing);
  for (int i = 0; i < num_refinements; ++i) {
    points = move_to_ridge(points, smoothed, params);
  }
  return resample(smooth(points, params.step_um, {.sigma_z_um = 3.0, .sigma_xy_um = 0.6}),
                  params.step_um);
}

}  // namespace bramble
