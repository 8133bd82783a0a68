#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"

#include <span>

namespace bramble {

struct TubenessParams {
  // Radii of the tubes that are looked for, about: a tube with a Gaussian profile of standard
  // deviation s responds most at sigma = s.
  std::span<const float> sigmas_um;
};

// Two volumes of the extent of the input that tubeness() writes over.
struct TubenessScratch {
  VolumeView<float> smoothed;
  VolumeView<float> pass;
};

// How much each voxel lies on a bright tube, in the unit of `values`: the largest over the scales
// of
//   sigma^2 sqrt(l2 l3)  where l2 < 0 and l1 + l2 + l3 < 0, else 0,
// with l1 >= l2 >= l3 the eigenvalues of the Hessian in um; l1 is the one along the tube. The
// Hessian is that of `values` after a Gaussian of sigma along every axis, by central differences
// over one voxel; the border voxels are repeated outwards. A long tube with a Gaussian profile of
// height h and standard deviation s gives h s^2 sigma^2 / (s^2 + sigma^2)^2 on its axis, h / 4 at
// sigma = s. A plane gives 0 within 2 % of its own curvature. In a volume of one voxel along an
// axis there is no curvature along it, and spots respond as the cross-sections of tubes.
//
// All volumes have one extent; `response` may not be one of the others. Throws InvalidArgument when
// they differ, when there is no sigma, or when one is not positive. Cost of one scale:
// smooth_gaussian, then one read of the smoothed volume (19 neighbours) and one read and write of
// `response`.
//
// Sato et al. 1998, doi:10.1016/S1361-8415(98)80009-1, without the weight for l1 > 0.
void tubeness(const Exec& exec, VolumeView<const float> values, const TubenessParams& params,
              const TubenessScratch& scratch, VolumeView<float> response);

// The pass of one scale over a volume that is smoothed already: `response` becomes the larger of
// itself and the tubeness at `sigma_um`.
void raise_to_tubeness(const Exec& exec, VolumeView<const float> smoothed, float sigma_um,
                       VolumeView<float> response);

}  // namespace bramble
