#pragma once

#include "kernels/core/volume.hpp"

#include <cstdint>

namespace bramble {

// A photomultiplier and its 12-bit converter (reference science.md sections 3.2 and 7.7).
struct Detector {
  double gain_counts_per_photon = 20;
  double offset_counts = 100;
  double read_noise_counts = 8;       // standard deviation
  double excess_noise_factor = 1.25;  // variance over that of an ideal photon counter
  int saturation_counts = 4095;
};

// counts = round(gain x q + offset + read noise), clipped to [0, saturation], with q = k + sqrt((F
// - 1) k) x normal, at least 0, and k Poisson of the expected photons. The noise of a voxel is a
// pure function of `key` and its index.
void detect(const Detector& detector, std::uint64_t key, VolumeView<const float> photons,
            VolumeView<std::uint16_t> counts);

}  // namespace bramble
