#include "pipeline/field/session_transform.hpp"

#include <Eigen/Dense>

namespace bramble {

SessionTransform::SessionTransform(Position shift, const DisplacementGradient& gradient,
                                   Position middle)
    : shift_(shift), gradient_(gradient), middle_(middle) {
  Eigen::Matrix3d rows;
  rows << gradient.of_z.z_um, gradient.of_z.y_um, gradient.of_z.x_um,  //
      gradient.of_y.z_um, gradient.of_y.y_um, gradient.of_y.x_um,      //
      gradient.of_x.z_um, gradient.of_x.y_um, gradient.of_x.x_um;
  const Eigen::Matrix3d inverse = (Eigen::Matrix3d::Identity() + rows).inverse();
  const auto row = [&inverse](int i) {
    return Position{inverse(i, 0), inverse(i, 1), inverse(i, 2)};
  };
  inverse_ = {row(0), row(1), row(2)};
}

}  // namespace bramble
