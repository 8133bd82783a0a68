#pragma once

#include "io/canvas.hpp"
#include "kernels/core/volume.hpp"

namespace bramble {

// A maximum projection as a picture to draw on: grey values between robust limits with a gamma,
// enlarged by a whole number to at least 1000 pixels across. Throws InvalidArgument for a
// projection that is empty or has several planes.
class ProjectionCanvas {
 public:
  explicit ProjectionCanvas(VolumeView<const float> projection);

  Canvas& canvas() noexcept { return canvas_; }
  const Canvas& canvas() const noexcept { return canvas_; }
  PicturePoint point_of(Position p) const;
  // A length along x.
  double pixels(double length_um) const { return length_um / spacing_.x_um * factor_; }
  // 10 um, in the lower right corner.
  void draw_scale_bar();

 private:
  // A voxel covers factor x factor pixels around its centre.
  double voxel_of(int pixel) const { return (pixel + 0.5) / factor_ - 0.5; }

  Spacing spacing_;
  int factor_;
  Canvas canvas_;
};

}  // namespace bramble
