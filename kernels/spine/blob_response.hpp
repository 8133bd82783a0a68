#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"

namespace bramble {

// In-plane Laplacian-of-Gaussian response, scale-normalised and positive on bright blobs:
//   response = -sigma^2 (d2/dy2 + d2/dx2) smoothed
// by central second differences of `smoothed`, which is the stack after a Gaussian of `sigma_um` in
// plane (Lindeberg 1998, doi 10.1023/A:1008045108935). Zero on the border rows and columns, where
// there is no second difference. Cost: reads 5 values (one from memory) and writes one a voxel.
void blob_response(const Exec& exec, VolumeView<const float> smoothed, float sigma_um,
                   VolumeView<float> response);

}  // namespace bramble
