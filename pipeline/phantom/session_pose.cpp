#include "pipeline/phantom/session_pose.hpp"

#include "pipeline/phantom/random.hpp"

#include <cmath>
#include <numbers>

namespace bramble {

Position SessionPose::turn(Position direction) const noexcept {
  return {direction.z_um, sine * direction.x_um + cosine * direction.y_um,
          cosine * direction.x_um - sine * direction.y_um};
}

Position SessionPose::apply(Position point) const noexcept {
  return centre + turn(point - centre) + shift;
}

SessionPose draw_pose(const PhantomParameters& parameters, PhantomField field,
                      std::size_t session) {
  constexpr double rotation_sd_rad = 2 * std::numbers::pi / 180;
  constexpr double axial_shift_ratio = 0.375;  // 1.5 um for 4 um in plane
  const Extent extent = parameters.extent;
  SessionPose pose;
  pose.centre = position_of({extent.z - 1, extent.y - 1, extent.x - 1}, parameters.spacing) * 0.5;
  if (session == 0) {
    return pose;
  }
  Random random(RandomPlace{.seed = parameters.seed,
                            .purpose = RandomPurpose::session_pose,
                            .animal = field.animal,
                            .field = field.field,
                            .session = session});
  const double angle = rotation_sd_rad * random.normal();
  pose.cosine = std::cos(angle);
  pose.sine = std::sin(angle);
  const auto [shift_y, shift_x] = random.normal_pair();
  const double shift_z = random.normal();
  pose.shift =
      Position{axial_shift_ratio * shift_z, shift_y, shift_x} * parameters.session_shift_um;
  return pose;
}

}  // namespace bramble
