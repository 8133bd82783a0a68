#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/geometry.hpp"
#include "kernels/core/memory.hpp"

#include <cstddef>
#include <vector>

namespace bramble {

// A weight of every voxel that is the product of one weight for its index along each axis.
struct AxisWeights {
  const float* z;
  const float* y;
  const float* x;

  BRAMBLE_HD float at(Voxel v) const noexcept { return z[v.z] * y[v.y] * x[v.x]; }
};

// Owns the weights of the three axes in the space of an Exec.
class WeightTables {
 public:
  WeightTables(const Exec& exec, const std::vector<float>& z, const std::vector<float>& y,
               const std::vector<float>& x);

  // Valid as long as this object.
  AxisWeights weights() const noexcept;

 private:
  Array<float> values_;  // of z, then y, then x
  std::size_t offset_y_;
  std::size_t offset_x_;
};

// Half a cosine over `taper_frac` of the length at each end of each axis, 1 between. Axes of one or
// two voxels stay 1.
WeightTables fade_weights(const Exec& exec, Extent extent, float taper_frac);

// exp(-sigma^2 k^2 / 2) for the half spectrum of a transform of `extent`: the transform of a
// Gaussian of `sigma_vox`.
WeightTables low_pass_weights(const Exec& exec, Extent extent, float sigma_vox);

}  // namespace bramble
