#include "pipeline/field/line_registration.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

namespace bramble {

namespace {

constexpr double point_distance_um = 1.0;
constexpr double search_reach_um = 6.0;
constexpr int min_points = 10;

constexpr int num_shift_iterations = 8;
constexpr int num_iterations = 24;
constexpr double negligible_step_um = 1e-4;
// Residuals much above this scale hardly count. It narrows from step to step, so that a start some
// um off is not lost.
constexpr double first_scale_um = 4.0;
constexpr double last_scale_um = 1.0;
constexpr double narrowing = 0.7;
// Residuals of 0.3 um against gradients of 0.03.
constexpr double gradient_weight = (0.3 / 0.03) * (0.3 / 0.03);
// Holds the shift along a direction that no line says anything of.
constexpr double idle_weight_frac = 1e-3;

constexpr double overlap_reach_in_plane_um = 1.0;
constexpr double overlap_reach_z_um = 2.5;

// The shift, then the gradients of its z, y and x component.
using Unknowns = Eigen::Matrix<double, 12, 1>;
using NormalMatrix = Eigen::Matrix<double, 12, 12>;

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

Position mean_of(const std::vector<Position>& points) {
  Position total;
  for (const Position point : points) {
    total = total + point;
  }
  return points.empty() ? total : total * (1 / static_cast<double>(points.size()));
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
    const double distance_um = weighted_distance_um(foot.offset);
    if (foot.path_um < 0 || foot.path_um > line.length_um() || distance_um > search_reach_um) {
      continue;
    }
    if (!nearest || distance_um < weighted_distance_um(nearest->foot.offset)) {
      nearest = {.foot = foot, .direction = line.direction(foot.path_um)};
    }
  }
  return nearest;
}

Eigen::Vector3d vector_of(Position p) { return {p.z_um, p.y_um, p.x_um}; }
Position position_of(const Eigen::Vector3d& v) { return {v[0], v[1], v[2]}; }

// One least-squares problem: the step that brings the points nearest to the lines.
struct Problem {
  NormalMatrix normal = NormalMatrix::Zero();
  Unknowns right = Unknowns::Zero();
  double total_weight = 0;
  int num_points = 0;

  // The point lies at `from_middle`, and `nearest.foot.offset` away from its line.
  void add(Position from_middle, const NearestFoot& nearest, double scale_um) {
    const double residual = weighted_distance_um(nearest.foot.offset) / scale_um;
    const double weight = 1 / ((1 + residual * residual) * (1 + residual * residual));
    const Eigen::Vector3d along = vector_of(nearest.direction);
    const Eigen::Matrix3d across = Eigen::Matrix3d::Identity() - along * along.transpose();
    const Eigen::Matrix3d metric =
        across * Eigen::Vector3d(axial_weight * axial_weight, 1, 1).asDiagonal() * across;
    Eigen::Matrix<double, 3, 12> displacement = Eigen::Matrix<double, 3, 12>::Zero();
    displacement.leftCols<3>().setIdentity();
    for (int component = 0; component < 3; ++component) {
      displacement.block<1, 3>(component, 3 + 3 * component) = vector_of(from_middle).transpose();
    }
    normal += weight * displacement.transpose() * metric * displacement;
    right += weight * displacement.transpose() * (metric * vector_of(nearest.foot.offset));
    total_weight += weight;
    ++num_points;
  }

  Unknowns solve_for_shift() const {
    Unknowns step = Unknowns::Zero();
    const Eigen::Matrix3d held = normal.topLeftCorner<3, 3>() +
                                 idle_weight_frac * total_weight * Eigen::Matrix3d::Identity();
    step.head<3>() = held.ldlt().solve(right.head<3>());
    return step;
  }

  Unknowns solve_for_all(const DisplacementGradient& gradient) const {
    NormalMatrix held = normal;
    Unknowns pull = right;
    held.diagonal().head<3>().array() += idle_weight_frac * total_weight;
    held.diagonal().tail<9>().array() += gradient_weight;
    pull.segment<3>(3) -= gradient_weight * vector_of(gradient.of_z);
    pull.segment<3>(6) -= gradient_weight * vector_of(gradient.of_y);
    pull.segment<3>(9) -= gradient_weight * vector_of(gradient.of_x);
    return held.ldlt().solve(pull);
  }
};

Problem make_problem(const SessionLines& reference, const std::vector<Position>& points,
                     const SessionTransform& transform, double scale_um) {
  Problem problem;
  for (const Position point : points) {
    const Position in_reference = transform.to_reference(point);
    if (const std::optional<NearestFoot> nearest = nearest_foot(reference, in_reference)) {
      problem.add(in_reference - transform.middle(), *nearest, scale_um);
    }
  }
  return problem;
}

SessionTransform stepped(const SessionTransform& transform, const Unknowns& step) {
  const DisplacementGradient& gradient = transform.gradient();
  return {transform.shift() + position_of(step.head<3>()),
          {gradient.of_z + position_of(step.segment<3>(3)),
           gradient.of_y + position_of(step.segment<3>(6)),
           gradient.of_x + position_of(step.segment<3>(9))},
          transform.middle()};
}

}  // namespace

SessionTransform register_lines(const SessionLines& reference, const SessionLines& session,
                                Position shift) {
  const std::vector<Position> points = points_of(session);
  const Position middle = mean_of(points_of(reference));
  SessionTransform transform(shift, {}, middle);
  double scale_um = first_scale_um;
  for (int iteration = 0; iteration < num_iterations; ++iteration) {
    const Problem problem = make_problem(reference, points, transform, scale_um);
    if (problem.num_points < min_points) {
      return SessionTransform(shift, {}, middle);
    }
    const bool shift_alone = iteration < num_shift_iterations;
    const Unknowns step =
        shift_alone ? problem.solve_for_shift() : problem.solve_for_all(transform.gradient());
    transform = stepped(transform, step);
    if (!shift_alone && step.head<3>().norm() < negligible_step_um) {
      break;
    }
    scale_um = std::max(scale_um * narrowing, last_scale_um);
    if (iteration + 1 == num_shift_iterations) {
      // With the gradient, places far from the middle move: they get their chance again.
      scale_um = first_scale_um;
    }
  }
  return transform;
}

double overlap_frac(const SessionLines& reference, const SessionLines& session,
                    const SessionTransform& transform) {
  const std::vector<Position> points = points_of(session);
  int covered = 0;
  for (const Position point : points) {
    const std::optional<NearestFoot> nearest =
        nearest_foot(reference, transform.to_reference(point));
    if (nearest && distance_in_plane_um(nearest->foot.offset, {}) <= overlap_reach_in_plane_um &&
        std::abs(nearest->foot.offset.z_um) <= overlap_reach_z_um) {
      ++covered;
    }
  }
  return points.empty() ? 0 : static_cast<double>(covered) / static_cast<double>(points.size());
}

}  // namespace bramble
