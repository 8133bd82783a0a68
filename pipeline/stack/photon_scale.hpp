#pragma once

#include "kernels/restore/deconvolution.hpp"
#include "pipeline/stack/noise_model.hpp"

namespace bramble {

// The noise model as kernels take it, in photons. Without a known gain a count is taken for a
// photon.
inline PhotonScale photon_scale(const NoiseModel& noise, float saturation_counts) {
  const float gain_counts = noise.gain_counts > 0 ? noise.gain_counts : 1;
  return {.offset_counts = noise.offset_counts,
          .gain_counts = gain_counts,
          .read_variance_photons = noise.read_variance_counts / (gain_counts * gain_counts),
          .saturation_counts = saturation_counts};
}

}  // namespace bramble
