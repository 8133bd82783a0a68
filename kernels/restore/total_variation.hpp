#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"

namespace bramble {

struct TotalVariationParams {
  // Times one spacing along x: weight x x_um is a length in um.
  float weight = 0.002f;
};

// damping = 1 - weight x_um div(grad v / |grad v|), by which Richardson-Lucy with total variation
// divides its correction (Dey et al. 2006, doi 10.1002/jemt.20294, eq. 13). Gradients are forward
// differences in 1/um, the divergence takes backward ones, borders are cyclic; |grad v| has 0.001 /
// um added in square, so that noise far below a photon does not count. Throws InvalidArgument for a
// weight outside [0, 0.1], where the damping could reach zero. `values` and `damping` are two
// volumes of one extent in the space of `exec`. Cost: about 13 cached reads and one write a voxel.
void total_variation_damping(const Exec& exec, VolumeView<const float> values,
                             VolumeView<float> damping, const TotalVariationParams& params);

}  // namespace bramble
