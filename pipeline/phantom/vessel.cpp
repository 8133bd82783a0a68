#include "pipeline/phantom/vessel.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bramble {

double VesselShadow::at(Position point) const noexcept {
  constexpr double edge_um = 3;  // over which the light falls, half of it outside the width
  const double off_um = std::abs(dot(point - centre, across));
  const double inside = std::clamp((0.5 * (width_um + edge_um) - off_um) / edge_um, 0.0, 1.0);
  return 1 - (1 - transmission) * inside * inside * (3 - 2 * inside);
}

std::optional<VesselShadow> draw_vessel(const PhantomParameters& parameters, PhantomField field,
                                        const SessionPose& pose) {
  Random random(field.place(parameters, RandomPurpose::vessel));
  if (!(random.uniform() < parameters.light.vessel_frac)) {
    return std::nullopt;
  }
  const PhantomDesign& design = parameters.design;
  const Position centre{0, random.uniform() * design.extent.y * design.spacing.y_um,
                        random.uniform() * design.extent.x * design.spacing.x_um};
  const double angle = random.uniform_within(0, std::numbers::pi);
  const double width_um = random.uniform_within(8, 20);
  const double transmission = random.uniform_within(0.5, 0.85);
  return VesselShadow{.centre = pose.apply(centre),
                      .across = pose.turn({0, std::sin(angle), std::cos(angle)}),
                      .width_um = width_um,
                      .transmission = transmission};
}

}  // namespace bramble
