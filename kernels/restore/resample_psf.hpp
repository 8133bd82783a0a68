#pragma once

#include "kernels/core/geometry.hpp"
#include "kernels/core/volume.hpp"

namespace bramble {

// Samples a PSF on another grid: the middle voxel of the result lies at `centre` (um from the
// centre of voxel 0), the others at multiples of `spacing` around it, as far as the volume reaches
// on its longer side. Interpolates along one axis after the other with a sinc windowed by a wider
// one (Lanczos, 4 lobes), because linear interpolation would widen a PSF of two planes by a third;
// values between the samples may be negative. Outside of the volume is 0. The same grid gives the
// same values. On the host, odd extent, not normalised.
Volume<float> resample_psf(VolumeView<const float> psf, Position centre, Spacing spacing);

}  // namespace bramble
