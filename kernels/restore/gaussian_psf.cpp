#include "kernels/restore/gaussian_psf.hpp"

#include <cmath>
#include <vector>

namespace bramble {

namespace {

constexpr double fwhm_per_sigma = 2.3548200450309493;  // 2 sqrt(2 ln 2)
constexpr double support_sigma = 4.0;

// One axis of the separable PSF, sum 1.
std::vector<double> profile(double fwhm_um, double spacing_um) {
  const double sigma_vox = fwhm_um / fwhm_per_sigma / spacing_um;
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
