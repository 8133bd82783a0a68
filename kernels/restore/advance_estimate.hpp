#pragma once

#include "kernels/core/host_device.hpp"

#include <bit>
#include <cstdint>

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
    const float factor = either(seen_frac > smallest_seen_frac, correction / seen_frac, 1.0f);
    const float next = bounded(prediction * factor / damping);
    prediction = bounded(next + momentum * (next - estimate));
    estimate = next;
  }

 private:
  // `is_first ? first : second` by bits, both being computed: with a division in a branch compilers
  // do not vectorise the loop over voxels.
  BRAMBLE_HD static float either(bool is_first, float first, float second) noexcept {
    const auto mask = std::uint32_t{0} - static_cast<std::uint32_t>(is_first);
    return std::bit_cast<float>((std::bit_cast<std::uint32_t>(first) & mask) |
                                (std::bit_cast<std::uint32_t>(second) & ~mask));
  }

  BRAMBLE_HD static float bounded(float value) noexcept {
    return value > floor_photons ? value : floor_photons;
  }
};

}  // namespace bramble
