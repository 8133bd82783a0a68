#pragma once

#include "kernels/core/host_device.hpp"

namespace bramble {

// One step of the estimate at a voxel (see deconvolution.hpp).
struct AdvanceEstimate {
  float momentum = 0;

  // The estimate never falls below it, else it could never rise again.
  static constexpr float floor_photons = 1e-3f;
  // Bertero's threshold: a voxel of which less light falls on the image keeps its start.
  static constexpr float smallest_seen_frac = 0.01f;

  // `correction` is H'(d / m), `seen_frac` H'1; `damping` 1 but for total variation.
  BRAMBLE_HD void operator()(float correction, float seen_frac, float damping, float& estimate,
                             float& prediction) const noexcept {
    const float factor = seen_frac > smallest_seen_frac ? correction / seen_frac : 1.0f;
    const float next = bounded(prediction * factor / damping);
    prediction = bounded(next + momentum * (next - estimate));
    estimate = next;
  }

 private:
  BRAMBLE_HD static float bounded(float value) noexcept {
    return value > floor_photons ? value : floor_photons;
  }
};

}  // namespace bramble
