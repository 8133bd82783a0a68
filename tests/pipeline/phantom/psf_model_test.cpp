#include "pipeline/phantom/psf_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bramble {
namespace {

PhantomOptics computed(PhantomPsfModel model) {
  PhantomOptics optics;
  optics.psf = model;
  return optics;
}

// The integral over the volume, by rings in planes.
double volume_integral(const PsfModel& psf) {
  constexpr double step_um = 0.02;
  double sum = 0;
  for (double z = psf.first_um(); z <= psf.last_um(); z += step_um) {
    for (double r = 0.5 * step_um; r < 8; r += step_um) {
      sum += psf(z, r) * 2 * std::numbers::pi * r * step_um * step_um;
    }
  }
  return sum;
}

TEST(PsfModel, gaussian_has_its_widths) {
  const PsfModel psf = gaussian_psf(0.45, 1.9);

  EXPECT_NEAR(psf(0, 0.225) / psf(0, 0), 0.5, 1e-4);
  EXPECT_NEAR(psf(0.95, 0) / psf(0, 0), 0.5, 1e-4);
  EXPECT_NEAR(axial_fwhm_um(psf), 1.9, 0.003);
}

TEST(PsfModel, every_model_integrates_to_1) {
  EXPECT_NEAR(volume_integral(gaussian_psf(0.45, 1.9)), 1, 0.002);
  EXPECT_NEAR(volume_integral(make_psf(computed(PhantomPsfModel::born_wolf), 0)), 1, 0.005);
  EXPECT_NEAR(volume_integral(make_psf(computed(PhantomPsfModel::gibson_lanni), 100)), 1, 0.005);
}

TEST(PsfModel, peak_of_the_gaussian_follows_from_its_integral) {
  const double sigma_um = 1 / (2 * std::sqrt(2 * std::numbers::ln2));
  const double expected =
      1 / (std::pow(2 * std::numbers::pi, 1.5) * 0.45 * 0.45 * 1.9 * std::pow(sigma_um, 3));

  EXPECT_NEAR(gaussian_psf(0.45, 1.9)(0, 0) / expected, 1, 1e-3);
}

TEST(CylinderPeak, has_the_published_values) {
  EXPECT_NEAR(cylinder_peak(gaussian_psf(0.45, 1.9), 0.8), 0.327, 0.005);
  EXPECT_NEAR(cylinder_peak(gaussian_psf(0.40, 1.6), 0.8), 0.397, 0.005);
  EXPECT_NEAR(cylinder_peak(gaussian_psf(0.55, 2.5), 0.8), 0.232, 0.005);
}

TEST(CylinderPeak, of_a_very_thick_cylinder_is_1) {
  EXPECT_NEAR(cylinder_peak(gaussian_psf(0.45, 1.9), 12), 1, 1e-3);
}

TEST(SampledPsf, is_odd_sums_to_1_and_peaks_in_the_middle) {
  const Volume<float> volume = sampled_psf(gaussian_psf(0.45, 1.9), {1.0f, 0.1f, 0.13f});
  const Extent extent = volume.extent();
  double sum = 0;
  for (const float value : volume.voxels()) {
    sum += value;
  }
  const auto peak = std::max_element(volume.voxels().begin(), volume.voxels().end());

  EXPECT_EQ(extent, (Extent{9, 17, 13}));  // 3.23 um and 0.76 um to each side
  EXPECT_NEAR(sum, 1, 1e-5);
  EXPECT_EQ(extent.voxel(peak - volume.voxels().begin()), (Voxel{4, 8, 6}));
  EXPECT_FLOAT_EQ(volume.view()(3, 7, 5), volume.view()(5, 9, 7));
  EXPECT_EQ(volume.spacing(), (Spacing{1.0f, 0.1f, 0.13f}));
}

}  // namespace
}  // namespace bramble
