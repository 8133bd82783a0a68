#include "pipeline/stack/restore_stack.hpp"

#include "kernels/restore/gaussian_psf.hpp"
#include "kernels/restore/subtract_level.hpp"

namespace bramble {

void RestoreStack::run(const Exec& exec, VolumeView<const float> counts,
                       const Calibration& calibration, const NoiseModel& noise,
                       float saturation_counts, VolumeView<float> restored) {
  if (calibration.iterations == 0) {
    subtract_level(exec, counts, noise.background_counts, restored);
    return;
  }
  const bool is_planned = algorithm_ && extent_ == counts.extent && spacing_ == counts.spacing &&
                          psf_fwhm_xy_um_ == calibration.psf_fwhm_xy_um &&
                          psf_fwhm_z_um_ == calibration.psf_fwhm_z_um;
  if (!is_planned) {
    algorithm_.reset();  // its memory first
    const Volume<float> psf = gaussian_psf(
        counts.spacing,
        {.fwhm_xy_um = calibration.psf_fwhm_xy_um, .fwhm_z_um = calibration.psf_fwhm_z_um});
    algorithm_ = std::make_unique<RichardsonLucy>(exec, counts.extent, psf);
    extent_ = counts.extent;
    spacing_ = counts.spacing;
    psf_fwhm_xy_um_ = calibration.psf_fwhm_xy_um;
    psf_fwhm_z_um_ = calibration.psf_fwhm_z_um;
  }
  // A count is worth 1 / gain photons: the variance of the read noise in counts^2 is this much
  // light, in counts.
  const float read_variance_counts =
      noise.gain_counts > 0 ? noise.read_variance_counts / noise.gain_counts : 0;
  algorithm_->restore(exec, counts, restored,
                      {.iterations = calibration.iterations,
                       .background_counts = noise.background_counts,
                       .offset_counts = noise.offset_counts,
                       .read_variance_counts = read_variance_counts,
                       .saturation_counts = saturation_counts});
}

}  // namespace bramble
