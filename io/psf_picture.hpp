#pragma once

#include "kernels/core/volume.hpp"

#include <string>

namespace bramble {

// Cuts through the brightest voxel of a PSF as a PNG: x and y on the left, x and z (downwards) on
// the right, in one scale, with a bar of 1 um. Brightness is the cube root of the value, so that
// the tails show; a line marks half of the maximum. `psf` on the host. Throws InvalidArgument for
// one without voxels or without a positive value, ResourceError when it cannot be written.
void write_psf_picture(const std::string& path, VolumeView<const float> psf);

}  // namespace bramble
