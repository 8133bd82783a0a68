#include "pipeline/field/shift_refinement.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

namespace bramble {

namespace {

constexpr double point_distance_um = 1.0;
constexpr double search_reach_um = 6.0;
constexpr int num_iterations = 20;
// Residuals much above this scale hardly count. It narrows from step to step, so that a start some
// um off is not lost.
constexpr double first_scale_um = 4.0;
constexpr double last_scale_um = 1.0;
constexpr double narrowing = 0.7;
constexpr int min_points = 10;
constexpr double overlap_reach_in_plane_um = 1.0;
constexpr double overlap_reach_z_um = 2.5;

// Points of all lines of a session, one every um.
std::vector<Position> points_of(const SessionLines& lines) {
  std::vector<Position> points;
  for (const Centreline& line : lines) {
    if (line.size() < 2) {
      continue;
    }
    const int count = static_cast<int>(line.length_um() / point_distance_um);
    for (int i = 0; i <= count; ++i) {
      points.push_back(line.at(i * point_distance_um));
    }
  }
  return points;
}

struct NearestFoot {
  Foot foot;
  Position direction;
};

// The nearest place of any line that is not beyond its end.
std::optional<NearestFoot> nearest_foot(const SessionLines& lines, Position point) {
  std::optional<NearestFoot> nearest;
  for (const Centreline& line : lines) {
    if (line.size() < 2 || !line.may_reach(point, search_reach_um)) {
      continue;
    }
    const Foot foot = line.foot_of(point);
    if (foot.path_um < 0 || foot.path_um > line.length_um() ||
        weighted_distance_um(foot.offset) > search_reach_um) {
      continue;
    }
    if (!nearest ||
        weighted_distance_um(foot.offset) < weighted_distance_um(nearest->foot.offset)) {
      nearest = {.foot = foot, .direction = line.direction(foot.path_um)};
    }
  }
  return nearest;
}

Eigen::Vector3d vector_of(Position p) { return {p.z_um, p.y_um, p.x_um}; }

}  // namespace

Position refine_shift(const SessionLines& reference, const SessionLines& session, Position shift) {
  const std::vector<Position> points = points_of(session);
  const Eigen::Vector3d axis_weights(axial_weight * axial_weight, 1, 1);
  double scale_um = first_scale_um;
  for (int iteration = 0; iteration < num_iterations; ++iteration) {
    Eigen::Matrix3d normal = Eigen::Matrix3d::Zero();
    Eigen::Vector3d right = Eigen::Vector3d::Zero();
    double total_weight = 0;
    int num_near = 0;
    for (const Position point : points) {
      const std::optional<NearestFoot> nearest = nearest_foot(reference, point - shift);
      if (!nearest) {
        continue;
      }
      const double residual = weighted_distance_um(nearest->foot.offset) / scale_um;
      const double weight = 1 / ((1 + residual * residual) * (1 + residual * residual));
      const Eigen::Vector3d along = vector_of(nearest->direction);
      const Eigen::Matrix3d across = Eigen::Matrix3d::Identity() - along * along.transpose();
      const Eigen::Matrix3d metric = across * axis_weights.asDiagonal() * across;
      normal += weight * metric;
      right += weight * (metric * vector_of(nearest->foot.offset));
      total_weight += weight;
      ++num_near;
    }
    if (num_near < min_points) {
      return shift;
    }
    // Along a direction that no line holds the shift stays as it was.
    normal += 1e-3 * total_weight * Eigen::Matrix3d::Identity();
    const Eigen::Vector3d step = normal.ldlt().solve(right);
    shift = shift + Position{step[0], step[1], step[2]};
    if (step.norm() < 1e-4 && scale_um <= last_scale_um) {
      break;
    }
    scale_um = std::max(scale_um * narrowing, last_scale_um);
  }
  return shift;
}

double overlap_frac(const SessionLines& reference, const SessionLines& session, Position shift) {
  const std::vector<Position> points = points_of(session);
  int covered = 0;
  for (const Position point : points) {
    const std::optional<NearestFoot> nearest = nearest_foot(reference, point - shift);
    if (nearest && distance_in_plane_um(nearest->foot.offset, {}) <= overlap_reach_in_plane_um &&
        std::abs(nearest->foot.offset.z_um) <= overlap_reach_z_um) {
      ++covered;
    }
  }
  return points.empty() ? 0 : static_cast<double>(covered) / static_cast<double>(points.size());
}

}  // namespace bramble
