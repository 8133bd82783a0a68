#include "pipeline/stack/course.hpp"

#include "kernels/core/middle_value.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace bramble {

namespace {

constexpr double reach_slices = 6;
constexpr int num_reweightings = 3;
constexpr double outlier_mads = 6;  // beyond it a point has no say in the course
constexpr double smallest_mad_um = 0.02;
// A jump is a remainder that its error would give less than once in some thousand slices.
constexpr double jump_sigma = 4;

double tricube(double u) {
  const double v = 1 - std::pow(std::abs(u), 3);
  return v > 0 ? v * v * v : 0;
}

double bisquare(double u) {
  const double v = 1 - u * u;
  return v > 0 ? v * v : 0;
}

// The weighted line through the points, at one of them; the value itself where it is alone.
double line_at(const std::vector<CoursePoint>& points, const std::vector<double>& trust,
               std::size_t here) {
  double sw = 0;
  double st = 0;
  double sv = 0;
  double stt = 0;
  double stv = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double t = points[i].slice - points[here].slice;
    const double w = trust[i] * tricube(t / reach_slices);
    sw += w;
    st += w * t;
    sv += w * points[i].value_um;
    stt += w * t * t;
    stv += w * t * points[i].value_um;
  }
  const double determinant = sw * stt - st * st;
  if (!(sw > 0)) {
    return points[here].value_um;
  }
  return determinant > 1e-9 * sw * sw ? (stt * sv - st * stv) / determinant : sv / sw;
}

std::vector<double> remainders(const std::vector<CoursePoint>& points,
                               const std::vector<double>& course) {
  std::vector<double> off;
  for (std::size_t i = 0; i < points.size(); ++i) {
    off.push_back(points[i].value_um - course[i]);
  }
  return off;
}

// What remainders have in common beyond their errors: mean square less mean error, of those that
// are no jumps.
double common_variance(const std::vector<double>& off, const std::vector<CoursePoint>& points) {
  std::vector<double> squares;
  for (const double value : off) {
    squares.push_back(value * value);
  }
  constexpr double mean_over_median = 2.2;  // of the square of a normal variable
  const double largest = 9 * mean_over_median * middle_value(squares);
  double sum = 0;
  double errors = 0;
  int count = 0;
  for (std::size_t i = 0; i < off.size(); ++i) {
    if (squares[i] <= largest) {
      sum += squares[i];
      errors += points[i].variance_um2;
      ++count;
    }
  }
  return std::max(0.0, (sum - errors) / count);
}

}  // namespace

std::vector<double> smooth_course(const std::vector<CoursePoint>& points) {
  std::vector<double> trust(points.size(), 1.0);
  std::vector<double> course(points.size());
  for (int round = 0; round <= num_reweightings; ++round) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      course[i] = line_at(points, trust, i);
    }
    const std::vector<double> off = remainders(points, course);
    std::vector<double> sizes;
    for (const double value : off) {
      sizes.push_back(std::abs(value));
    }
    if (sizes.empty()) {
      break;
    }
    const double limit = outlier_mads * std::max(middle_value(sizes), smallest_mad_um);
    for (std::size_t i = 0; i < points.size(); ++i) {
      trust[i] = bisquare(off[i] / limit);
    }
  }
  return course;
}

std::vector<double> off_course(const std::vector<CoursePoint>& points) {
  if (points.empty()) {
    return {};
  }
  std::vector<double> off = remainders(points, smooth_course(points));
  const double common = common_variance(off, points);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double variance = points[i].variance_um2;
    const double believed = common > 0 ? common / (common + variance) : 0;
    const double square = off[i] * off[i];
    const double as_jump =
        square > 0 ? std::max(0.0, 1 - jump_sigma * jump_sigma * variance / square) : 0;
    off[i] *= std::max(believed, as_jump);
  }
  return off;
}

}  // namespace bramble
