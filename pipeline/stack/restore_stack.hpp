#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/restore/deconvolution.hpp"
#include "pipeline/records/parameters.hpp"
#include "pipeline/records/restoration.hpp"
#include "pipeline/stack/noise_model.hpp"

#include <memory>
#include <string>

namespace bramble {

// What one stack is restored with.
struct RestoreInput {
  CountsView counts;      // in the space of the restoration
  StackPsf psf;           // as choose_psf gives it
  std::string condition;  // PSF and condition change together: plans are kept while it stays
  int iterations = 0;
  NoiseModel noise;
  BackgroundField background;  // in the space of the restoration
  float saturation_counts = 0;
};

// The restore stage: deconvolution with the condition's PSF. Plans and work volumes are kept while
// shape, spacing and condition stay the same.
class RestoreStack {
 public:
  // `restored` in the space of `exec`: photons above background, never negative, where the gain is
  // known, else counts taken for photons. With no iterations it is the stack itself in counts, less
  // the background, and not clipped.
  Restoration run(const Exec& exec, const RestoreInput& input, const RestoreParameters& parameters,
                  VolumeView<float> restored);

 private:
  std::unique_ptr<Deconvolver> deconvolver_;
  std::string condition_;
  Extent extent_;
  Spacing spacing_;
};

}  // namespace bramble
