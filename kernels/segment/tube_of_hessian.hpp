#pragma once

#include "kernels/core/host_device.hpp"

#include <cmath>

// The eigenvalues that tubeness() needs, by product, sum, quotient and root alone: no library
// function that rounds differently on another backend, and no branch, so that loops over voxels
// become vector code.
namespace bramble {

// Second derivatives: a symmetric matrix of 3 x 3.
struct Hessian {
  float zz = 0;
  float yy = 0;
  float xx = 0;
  float zy = 0;
  float zx = 0;
  float yx = 0;
};

// Of the eigenvalues highest >= middle >= lowest, the two that are negative across a bright tube.
struct LowerEigenvalues {
  float middle = 0;
  float lowest = 0;
};

// The smallest root of 2 s = 9 w - 6 w^2 + w^3, for s in [0, 1] and so w in [0, 2 - sqrt(3)]. The
// first guess is within 1e-4, and one Newton step squares that.
BRAMBLE_HD inline float smallest_root_of_cubic(float s) noexcept {
  const float guess = s * (0.22355412f + s * (0.02579112f + s * 0.01853f));
  const float excess = guess * (9 + guess * (guess - 6)) - 2 * s;
  return guess - excess / (9 + guess * (3 * guess - 12));
}

// The eigenvalues of H are mean + scale * t with the roots t of t^3 - 3 t = det(B), where B = (H -
// mean) / scale and scale makes the squares of B sum to 6. At least one end of [-2, 2] has a root t
// = +-(2 - w) near it, far from the two others, so that Newton steps are safe there; the two others
// follow from it, as all three sum to 0.
// Within 1e-6 of the largest eigenvalue where all three differ, within 1e-3 where two of them meet;
// but where these two are the middle and the lowest, their product is within 1e-6 of its square.
BRAMBLE_HD inline LowerEigenvalues lower_eigenvalues(const Hessian& h) noexcept {
  const float mean = (h.zz + h.yy + h.xx) * (1.0f / 3);
  const float mixed_squares = h.zy * h.zy + h.zx * h.zx + h.yx * h.yx;
  const float squares = (h.zz - mean) * (h.zz - mean) + (h.yy - mean) * (h.yy - mean) +
                        (h.xx - mean) * (h.xx - mean) + 2 * mixed_squares;
  const float scale = sqrtf(squares * (1.0f / 6));
  // A multiple of the unit matrix has scale 0; then its B is 0 too, whatever it is divided by.
  const float per_scale = 1 / (scale > 0 ? scale : 1);
  const float zz = (h.zz - mean) * per_scale;
  const float yy = (h.yy - mean) * per_scale;
  const float xx = (h.xx - mean) * per_scale;
  const float zy = h.zy * per_scale;
  const float zx = h.zx * per_scale;
  const float yx = h.yx * per_scale;
  const float half_determinant =
      0.5f * (zz * (yy * xx - yx * yx) - zy * (zy * xx - yx * zx) + zx * (zy * yx - yy * zx));
  const float from_one = 1 - fabsf(half_determinant);
  const float w = smallest_root_of_cubic(from_one > 0 ? from_one : 0);
  const float half_apart = 0.5f * sqrtf(3 * w * (4 - w));
  const float half_end = 1 - 0.5f * w;
  const bool end_is_highest = half_determinant >= 0;
  const float middle = end_is_highest ? half_apart - half_end : half_end - half_apart;
  const float lowest = end_is_highest ? -half_apart - half_end : -2 * half_end;
  return {mean + scale * middle, mean + scale * lowest};
}

// The geometric mean of the curvatures across a bright tube; 0 where these are not both negative,
// or where the profile is hollow by the sum of all three.
BRAMBLE_HD inline float tube_of_hessian(const Hessian& h) noexcept {
  const LowerEigenvalues across = lower_eigenvalues(h);
  const bool is_bright = across.middle < 0 && h.zz + h.yy + h.xx < 0;
  return sqrtf(is_bright ? across.middle * across.lowest : 0);
}

}  // namespace bramble
