#include "pipeline/stack/polyline.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/middle_value.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {

namespace {

// Half of a Gaussian, weight 1 at 0, out to 4 sigma.
std::vector<double> half_gaussian(double sigma_points) {
  std::vector<double> weights{1.0};
  const int radius = static_cast<int>(std::ceil(4 * sigma_points));
  for (int i = 1; i <= radius; ++i) {
    weights.push_back(std::exp(-0.5 * (i / sigma_points) * (i / sigma_points)));
  }
  return weights;
}

// Weighted mean round point i of value(j), j from -n to 2 n.
template <class Value>
double weighted_mean(const std::vector<double>& weights, int i, const Value& value) {
  double total = weights[0] * value(i);
  double sum = weights[0];
  for (int k = 1; k < static_cast<int>(weights.size()); ++k) {
    total += weights[k] * (value(i - k) + value(i + k));
    sum += 2 * weights[k];
  }
  return total / sum;
}

// One coordinate, continued point-symmetrically: value(-j) = 2 value(0) - value(j); far beyond the
// end it stops there.
std::vector<double> smooth_coordinate(const std::vector<double>& values, double sigma_points) {
  const int last = static_cast<int>(values.size()) - 1;
  const std::vector<double> weights = half_gaussian(sigma_points);
  const auto continued = [&](int i) {
    if (i < 0) {
      return 2 * values.front() - values[std::min(-i, last)];
    }
    if (i > last) {
      return 2 * values.back() - values[std::max(2 * last - i, 0)];
    }
    return values[i];
  };
  std::vector<double> smoothed(values.size());
  for (int i = 0; i <= last; ++i) {
    smoothed[i] = weighted_mean(weights, i, continued);
  }
  return smoothed;
}

}  // namespace

std::vector<double> path_lengths_um(const std::vector<Position>& points) {
  std::vector<double> lengths;
  double total = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    total += i == 0 ? 0 : distance_um(points[i - 1], points[i]);
    lengths.push_back(total);
  }
  return lengths;
}

double polyline_length_um(const std::vector<Position>& points) {
  return points.empty() ? 0 : path_lengths_um(points).back();
}

std::vector<Position> in_plane(std::vector<Position> points) {
  for (Position& point : points) {
    point.z_um = 0;
  }
  return points;
}

std::vector<Position> resample(const std::vector<Position>& points, double step_um) {
  require(!points.empty() && step_um > 0,
          "a curve needs points, and a positive step to be resampled at");
  const std::vector<double> lengths = path_lengths_um(points);
  const double total = lengths.back();
  const int steps = std::max(1, static_cast<int>(std::lround(total / step_um)));
  if (total == 0) {
    return {points.front()};
  }
  std::vector<Position> resampled;
  std::size_t segment = 1;
  for (int i = 0; i < steps; ++i) {
    const double at = total * i / steps;
    while (lengths[segment] <= at) {
      ++segment;
    }
    const double part = (at - lengths[segment - 1]) / (lengths[segment] - lengths[segment - 1]);
    resampled.push_back(points[segment - 1] + (points[segment] - points[segment - 1]) * part);
  }
  resampled.push_back(points.back());
  return resampled;
}

std::vector<Position> smooth(const std::vector<Position>& points, double step_um,
                             const PolylineSmoothing& params) {
  std::vector<double> z;
  std::vector<double> y;
  std::vector<double> x;
  for (const Position& p : points) {
    z.push_back(p.z_um);
    y.push_back(p.y_um);
    x.push_back(p.x_um);
  }
  z = smooth_coordinate(z, params.sigma_z_um / step_um);
  y = smooth_coordinate(y, params.sigma_xy_um / step_um);
  x = smooth_coordinate(x, params.sigma_xy_um / step_um);
  std::vector<Position> smoothed;
  for (std::size_t i = 0; i < points.size(); ++i) {
    smoothed.push_back({z[i], y[i], x[i]});
  }
  return smoothed;
}

std::vector<double> smooth_along(const std::vector<double>& values, double step_um,
                                 double sigma_um) {
  const int last = static_cast<int>(values.size()) - 1;
  const std::vector<double> weights = half_gaussian(sigma_um / step_um);
  std::vector<double> smoothed(values.size());
  for (int i = 0; i <= last; ++i) {
    smoothed[i] = weighted_mean(weights, i, [&](int j) { return values[std::clamp(j, 0, last)]; });
  }
  return smoothed;
}

std::vector<double> median_along(const std::vector<double>& values, double step_um,
                                 double half_width_um) {
  const int last = static_cast<int>(values.size()) - 1;
  const int half = static_cast<int>(std::lround(half_width_um / step_um));
  std::vector<double> medians(values.size());
  for (int i = 0; i <= last; ++i) {
    const auto first = values.begin() + std::max(0, i - half);
    const auto end = values.begin() + std::min(last, i + half) + 1;
    medians[i] = middle_value(std::vector<double>(first, end));
  }
  return medians;
}

std::vector<Position> tangents(const std::vector<Position>& points, int reach) {
  const int last = static_cast<int>(points.size()) - 1;
  std::vector<Position> directions(points.size());
  for (int i = 0; i <= last; ++i) {
    const Position along = points[std::min(last, i + reach)] - points[std::max(0, i - reach)];
    const double length = length_um(along);
    directions[i] = length > 0 ? along * (1 / length) : Position{0, 0, 1};
  }
  return directions;
}

}  // namespace bramble
