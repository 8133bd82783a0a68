#pragma once

#include "kernels/core/counts.hpp"
#include "pipeline/records/acquisition.hpp"

#include <optional>

namespace bramble {

// What a voxel reads where there is no structure, and how it scatters: variance = gain x (counts -
// offset) + read variance.
struct NoiseModel {
  float background_counts = 0;  // median of the stack, offset included
  float offset_counts = 0;      // what the detector reads without light
  float gain_counts = 0;        // counts per photon, excess noise included
  float read_variance_counts = 0;
  float saturation_frac = 0;

  // Standard deviation of a voxel whose expected value is `counts`.
  float noise_counts(float counts) const noexcept;
};

// From where on a count says only "at least so many"; infinity where the archive does not say.
float saturation_counts(const Acquisition& acquisition) noexcept;

// Gain, read noise and offset are the acquisition's where it gives them. Else they come from the
// stack: from a line through variance over mean (mean_variance.hpp), with the offset where the line
// reaches zero. Throws DataError when the stack has no variation or holds values that are not
// finite.
NoiseModel estimate_noise(CountsView counts, const Acquisition& acquisition);

}  // namespace bramble
