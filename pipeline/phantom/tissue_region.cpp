#include "pipeline/phantom/tissue_region.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bramble {

TissueBox imaged_box(const PhantomDesign& design) {
  const Extent extent = design.extent;
  return {{}, position_of({extent.z - 1, extent.y - 1, extent.x - 1}, design.spacing)};
}

TissueBox off_edge_box(const PhantomDesign& design) {
  constexpr Position edge{1.5, 1.0, 1.0};
  const TissueBox imaged = imaged_box(design);
  return {imaged.low + edge, imaged.high - edge};
}

TissueBox tissue_box(const PhantomParameters& parameters) {
  constexpr double beyond_um = 2;
  constexpr double degree = std::numbers::pi / 180;
  const PhantomPose& pose = parameters.pose;
  const Position size = imaged_box(parameters.design).size();
  const double half_width_um = 0.5 * std::hypot(size.y_um, size.x_um);
  const double half_diagonal_um = 0.5 * length_um(size);
  const double turn = std::sin(std::min(3 * pose.rotation_deg, 90.0f) * degree);
  const double tilt = std::sin(std::min(3 * pose.tilt_deg, 90.0f) * degree);
  const double in_plane_um = beyond_um + 4 * pose.shift_xy_um + 3 * pose.warp_um +
                             half_width_um * turn + half_diagonal_um * tilt * tilt;
  const double axial_um = beyond_um + 4 * pose.shift_z_um + 3 * pose.warp_um + half_width_um * tilt;
  const Position margin{axial_um, in_plane_um, in_plane_um};
  return {Position{} - margin, size + margin};
}

}  // namespace bramble
