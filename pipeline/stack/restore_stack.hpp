#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/restore/richardson_lucy.hpp"
#include "pipeline/records/calibration.hpp"
#include "pipeline/stack/noise_model.hpp"

#include <memory>

namespace bramble {

// The restore stage: Richardson-Lucy with the condition's Gaussian PSF. Plans and work volumes are
// kept while shape, spacing and PSF stay the same.
class RestoreStack {
 public:
  // `counts` and `restored` in the space of `exec`. `restored` holds counts above background, never
  // negative. With no iterations it is the stack itself, less the background, and not clipped.
  void run(const Exec& exec, VolumeView<const float> counts, const Calibration& calibration,
           const NoiseModel& noise, float saturation_counts, VolumeView<float> restored);

 private:
  std::unique_ptr<RichardsonLucy> algorithm_;
  Extent extent_;
  Spacing spacing_;
  float psf_fwhm_xy_um_ = 0;
  float psf_fwhm_z_um_ = 0;
};

}  // namespace bramble
