#include "pipeline/phantom/dye.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {
namespace {

Spheroid head_of(Position centre, Position from, double diameter_um, double elongation) {
  const Position axis = centre - from;
  const double radius_um = 0.5 * diameter_um;
  return {.centre = centre,
          .axis = axis * (1 / length_um(axis)),
          .axial_radius_um = radius_um * std::pow(elongation, 2.0 / 3),
          .transverse_radius_um = radius_um * std::pow(elongation, -1.0 / 3)};
}

}  // namespace

DyedBody dye_process(const std::vector<Position>& nodes, const std::vector<double>& radius_um,
                     std::size_t stride, const TissueBox& window) {
  DyedBody body;
  for (std::size_t i = 0; i + 1 < nodes.size(); i += stride) {
    const std::size_t next = std::min(i + stride, nodes.size() - 1);
    if (window.contains(nodes[i]) || window.contains(nodes[next])) {
      body.capsules.push_back({nodes[i], nodes[next], radius_um[i], radius_um[next]});
    }
  }
  return body;
}

DyedBody dye_spine(const SpineShape& shape) {
  const SpineForm& form = shape.form;
  const double neck_radius_um = 0.5 * form.neck_diameter_um;
  DyedBody body;
  body.capsules.push_back({shape.base, shape.head, neck_radius_um, neck_radius_um});
  body.spheroids.push_back(
      head_of(shape.head, shape.base, form.head_diameter_um, form.head_elongation));
  if (form.branched()) {
    body.capsules.push_back({shape.fork, shape.second_head, neck_radius_um, neck_radius_um});
    body.spheroids.push_back(
        head_of(shape.second_head, shape.fork, form.second_diameter_um, form.head_elongation));
  }
  return body;
}

Spheroid dye_ball(const Ball& ball) {
  return {.centre = ball.centre,
          .axis = {1, 0, 0},
          .axial_radius_um = ball.radius_um,
          .transverse_radius_um = ball.radius_um};
}

}  // namespace bramble
