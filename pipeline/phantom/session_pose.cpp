#include "pipeline/phantom/session_pose.hpp"

#include "pipeline/phantom/tissue_region.hpp"

#include <cmath>
#include <numbers>

namespace bramble {
namespace {

// The product Ry Rx Rz: first Rz turns x towards y, then Rx z towards y, then Ry x towards z.
std::array<double, 9> rotation_by(double axial_rad, double about_x_rad, double about_y_rad) {
  const double cz = std::cos(axial_rad);
  const double sz = std::sin(axial_rad);
  const double cx = std::cos(about_x_rad);
  const double sx = std::sin(about_x_rad);
  const double cy = std::cos(about_y_rad);
  const double sy = std::sin(about_y_rad);
  return {cy * cx,  -cy * sx * cz - sy * sz, -cy * sx * sz + sy * cz, sx, cx * cz, cx * sz,
          -sy * cx, sy * sx * cz - cy * sz,  sy * sx * sz + cy * cz};
}

}  // namespace

Position SessionPose::turn(Position direction) const noexcept {
  const auto& m = rotation;
  return {dot({m[0], m[1], m[2]}, direction), dot({m[3], m[4], m[5]}, direction),
          dot({m[6], m[7], m[8]}, direction)};
}

Position SessionPose::apply(Position point) const noexcept {
  return centre + turn(point - centre) * scale + shift + warp.at(point);
}

SessionPose draw_pose(const PhantomParameters& parameters, PhantomField field,
                      std::size_t session) {
  constexpr double degree = std::numbers::pi / 180;
  SessionPose pose;
  pose.centre = imaged_box(parameters.design).high * 0.5;
  if (session == 0) {
    return pose;
  }
  const PhantomPose& spread = parameters.pose;
  RandomPlace place = field.place(parameters, RandomPurpose::session_pose);
  place.session = session;
  Random random(place);
  const double angle = spread.rotation_deg * degree * random.normal();
  const auto [shift_y, shift_x] = random.normal_pair();
  const double shift_z = random.normal();
  const auto [tilt_x, tilt_y] = random.normal_pair();
  const double tilt_rad = spread.tilt_deg * degree;
  pose.rotation = rotation_by(angle, tilt_rad * tilt_x, tilt_rad * tilt_y);
  pose.scale = std::exp(spread.scale_frac * random.normal());
  pose.shift = {spread.shift_z_um * shift_z, spread.shift_xy_um * shift_y,
                spread.shift_xy_um * shift_x};
  place.purpose = RandomPurpose::session_warp;
  pose.warp = draw_warp(spread.warp_um, spread.warp_correlation_um, tissue_box(parameters), place);
  return pose;
}

PhantomTransform describe_transform(const SessionPose& pose) {
  PhantomTransform transform{
      .centre = pose.centre, .matrix = pose.rotation, .shift = pose.shift, .warp = {}};
  for (double& element : transform.matrix) {
    element *= pose.scale;
  }
  for (std::size_t i = 0; i < pose.warp.displacements.size(); ++i) {
    transform.warp.push_back({pose.warp.node(i), pose.warp.displacements[i]});
  }
  return transform;
}

}  // namespace bramble
