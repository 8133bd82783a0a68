#pragma once

#include <vector>

namespace bramble {

// Full widths at half maximum of a Gaussian blur, all of it together.
struct BlurWidths {
  double xy_um = 0;
  double z_um = 0;
};

// How wide a cylinder looks that lies in the plane of the image, is filled evenly and is blurred by
// a Gaussian: the full width at half maximum of the profile across it in the plane of its axis,
//   p(u) = integral over |v| < d / 2 of g(u - v; sigma_xy) erf(sqrt(d^2 / 4 - v^2) / (sqrt(2)
//   sigma_z)) dv.
// A cylinder thinner than the blur looks little wider than the blur, sqrt(blur^2 + 0.35 d^2), a
// thick one 0.87 d to d wide. The relation is monotone; it is tabulated once up to 5 um.
class CylinderWidth {
 public:
  // Throws InvalidArgument unless both widths are positive.
  explicit CylinderWidth(BlurWidths blur);

  double width_um(double diameter_um) const;

  // The diameter that looks as wide as this: 0 for what is no wider than the blur. Beyond the table
  // the relation goes on as a straight line.
  double diameter_um(double width_um) const;

 private:
  std::vector<double> width_um_;  // by diameter, in steps of 0.02 um
};

}  // namespace bramble
