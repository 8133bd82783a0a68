#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <cstdint>

namespace bramble {

// A photomultiplier and its converter (reference science.md sections 3.2 and 7.7): counts =
// round(gain x q + offset + read noise), clipped to [0, saturation], with q = k + sqrt((F - 1) k) x
// normal, at least 0, and k Poisson of the expected photons. The noise of a voxel is a pure
// function of `key` and its index. About 30 ns a voxel of a few photons.
void detect(const PhantomDetector& detector, std::uint64_t key, VolumeView<const float> photons,
            VolumeView<std::uint16_t> counts);

}  // namespace bramble
