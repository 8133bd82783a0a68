#pragma once

#include "kernels/core/volume.hpp"

#include <optional>
#include <vector>

namespace bramble {

// The sums of a volume over the two other axes, along each axis.
struct MarginalSums {
  std::vector<double> z;
  std::vector<double> y;
  std::vector<double> x;
};

// `volume` on the host.
MarginalSums marginal_sums(VolumeView<const float> volume);

// One factor of a PSF along each axis, its sum 1 when the PSF's is.
struct SeparablePsf {
  std::vector<float> z;
  std::vector<float> y;
  std::vector<float> x;
};

// The factors of a PSF that is a product of three, none otherwise. The factors of a product are its
// marginal sums, so no decomposition is needed: the PSF is separable when the product of its
// marginal sums differs from it by less than 1e-5 of its norm (rounding to float leaves 3e-8).
// `psf` on the host, its sum positive.
std::optional<SeparablePsf> separate_psf(VolumeView<const float> psf);

}  // namespace bramble
