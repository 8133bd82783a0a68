#include "kernels/restore/gaussian_psf.hpp"

#include "kernels/core/gaussian.hpp"
#include "kernels/restore/psf_grid.hpp"

#include <cmath>
#include <numbers>
#include <vector>

namespace bramble {

namespace {

constexpr double support_sigma = 4.0;

// One axis of the separable PSF, sum 1.
std::vector<double> profile(double fwhm_um, double spacing_um) {
  const double sigma_vox = fwhm_um / gaussian_fwhm_per_sigma / spacing_um;
  const int radius = static_cast<int>(std::ceil(support_sigma * sigma_vox));
  std::vector<double> values;
  double total = 0;
  for (int i = -radius; i <= radius; ++i) {
    values.push_back(std::exp(-0.5 * (i / sigma_vox) * (i / sigma_vox)));
    total += values.back();
  }
  for (double& value : values) {
    value /= total;
  }
  return values;
}

}  // namespace

GaussianPsfParams zipfel_widths(const Excitation& excitation) {
  check_excitation(excitation);
  const double aperture = excitation.numerical_aperture;
  const double index = excitation.refractive_index;
  const double wavelength_um = excitation.wavelength_nm / 1000.0;
  const double w_xy_um =
      aperture <= 0.7 ? 0.320 * wavelength_um / (std::numbers::sqrt2 * aperture)
                      : 0.325 * wavelength_um / (std::numbers::sqrt2 * std::pow(aperture, 0.91));
  const double w_z_um = 0.532 * wavelength_um / std::numbers::sqrt2 /
                        (index - std::sqrt(index * index - aperture * aperture));
  const double fwhm_per_w = 2 * std::sqrt(std::numbers::ln2);
  return {.fwhm_xy_um = static_cast<float>(fwhm_per_w * w_xy_um),
          .fwhm_z_um = static_cast<float>(fwhm_per_w * w_z_um)};
}

Volume<float> gaussian_psf(Spacing spacing, const GaussianPsfParams& params) {
  require(params.fwhm_xy_um > 0 && params.fwhm_z_um > 0, "a PSF width must be positive");
  require(spacing.z_um > 0 && spacing.y_um > 0 && spacing.x_um > 0,
          "a voxel spacing must be positive");
  const std::vector<double> z_profile = profile(params.fwhm_z_um, spacing.z_um);
  const std::vector<double> y_profile = profile(params.fwhm_xy_um, spacing.y_um);
  const std::vector<double> x_profile = profile(params.fwhm_xy_um, spacing.x_um);
  const auto size = [](const std::vector<double>& axis) { return static_cast<int>(axis.size()); };
  Volume<float> psf(MemorySpace::host, {size(z_profile), size(y_profile), size(x_profile)},
                    spacing);
  float* value = psf.voxels().data();
  for (const double z : z_profile) {
    for (const double y : y_profile) {
      for (const double x : x_profile) {
        *value++ = static_cast<float>(z * y * x);
      }
    }
  }
  return psf;
}

}  // namespace bramble
