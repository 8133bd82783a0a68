#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/phantom/phantom_field.hpp"
#include "pipeline/phantom/session_pose.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <vector>

namespace bramble {

// One wave of the slowly varying background.
struct BackgroundWave {
  Position radians_per_um;
  double phase_rad = 0;
};

// A random Gaussian field (mean 0, SD 1) as a sum of waves, in the frame of a session's stack.
struct PhantomBackground {
  double correlation_um = 0;
  std::vector<BackgroundWave> waves;  // none: 0 everywhere

  double at(Position point) const noexcept;
};

// The field is fixed in the tissue; its smooth deformation between sessions, small against the
// correlation length, is left out.
PhantomBackground draw_background(const PhantomParameters& parameters, PhantomField field,
                                  const SessionPose& pose);

// The field over one slice, computed on a grid of a tenth of the correlation length and
// interpolated linearly between: within 0.002 of the sum of waves.
class BackgroundSlice {
 public:
  BackgroundSlice(const PhantomBackground& field, int slice, Extent extent, Spacing spacing);

  // Row y, one value a pixel. Overwrites values.
  void row(int y, std::vector<float>& values) const;

 private:
  int size_x_;
  int step_y_;
  int step_x_;
  int num_nodes_x_;
  std::vector<float> nodes_;  // (y, x)
};

}  // namespace bramble
