#include "pipeline/phantom/resample_path.hpp"

namespace bramble {
namespace {

constexpr std::size_t knot_stride = 5;

// The uniform Catmull-Rom segment between `b` and `c` at `t` in [0, 1].
Position spline(Position a, Position b, Position c, Position d, double t) {
  const Position linear = c - a;
  const Position square = a * 2 - b * 5 + c * 4 - d;
  const Position cube = b * 3 - a - c * 3 + d;
  return b + (linear * t + square * (t * t) + cube * (t * t * t)) * 0.5;
}

std::vector<Position> dense_curve(const std::vector<Position>& knots) {
  constexpr int num_parts = 50;  // chords of 20 nm for knots 1 um apart
  std::vector<Position> curve{knots.front()};
  for (std::size_t i = 0; i + 1 < knots.size(); ++i) {
    const Position before = i > 0 ? knots[i - 1] : knots[i] * 2 - knots[i + 1];
    const Position after = i + 2 < knots.size() ? knots[i + 2] : knots[i + 1] * 2 - knots[i];
    for (int part = 1; part <= num_parts; ++part) {
      curve.push_back(
          spline(before, knots[i], knots[i + 1], after, static_cast<double>(part) / num_parts));
    }
  }
  return curve;
}

}  // namespace

std::vector<Position> resample_path(const std::vector<Position>& points, double step_um) {
  std::vector<Position> knots;
  for (std::size_t i = 0; i < points.size(); i += knot_stride) {
    knots.push_back(points[i]);
  }
  if (knots.size() < 2) {
    knots.push_back(points.back());
  }
  const std::vector<Position> curve = dense_curve(knots);

  std::vector<Position> nodes{curve.front()};
  double until_next_um = step_um;
  for (std::size_t i = 1; i < curve.size(); ++i) {
    const Position chord = curve[i] - curve[i - 1];
    const double chord_um = length_um(chord);
    double walked_um = 0;
    while (until_next_um <= chord_um - walked_um) {
      walked_um += until_next_um;
      nodes.push_back(curve[i - 1] + chord * (walked_um / chord_um));
      until_next_um = step_um;
    }
    until_next_um -= chord_um - walked_um;
  }
  return nodes;
}

}  // namespace bramble
