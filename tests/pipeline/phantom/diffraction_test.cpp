#include "pipeline/phantom/diffraction.hpp"

#include "kernels/core/error.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>

namespace bramble {
namespace {

PhantomOptics optics_of(PhantomPsfModel model, float numerical_aperture = 0.8f) {
  PhantomOptics optics;
  optics.psf = model;
  optics.numerical_aperture = numerical_aperture;
  return optics;
}

// The integral of the header with Simpson's rule in rho and 400 steps, for Born and Wolf's lens.
double direct_integral(double numerical_aperture, double z_um, double r_um) {
  constexpr int num_steps = 400;
  const double k = 2 * std::numbers::pi / 0.92;
  std::complex<double> sum = 0;
  for (int i = 0; i <= num_steps; ++i) {
    const double rho = static_cast<double>(i) / num_steps;
    const double sine = numerical_aperture * rho;
    const double weight = i == 0 || i == num_steps ? 1 : (i % 2 == 1 ? 4 : 2);
    sum += weight * rho * std::cyl_bessel_j(0.0, k * sine * r_um) *
           std::polar(1.0, k * z_um * std::sqrt(1.33f * 1.33f - sine * sine));
  }
  const double intensity = std::norm(sum * 2.0 / (3.0 * num_steps));
  return intensity * intensity;
}

TEST(Diffraction, equals_the_direct_integral) {
  const DiffractionPsf psf(optics_of(PhantomPsfModel::born_wolf), 0);
  const auto bessel = psf.bessel_table({0.0, 0.1, 0.3, 0.7});

  for (const double z_um : {-1.5, 0.0, 0.4, 2.0}) {
    const std::vector<double> profile = psf.profile(z_um, bessel);

    EXPECT_NEAR(profile[0], direct_integral(0.8, z_um, 0.0), 1e-3) << z_um;
    EXPECT_NEAR(profile[1], direct_integral(0.8, z_um, 0.1), 1e-3) << z_um;
    EXPECT_NEAR(profile[2], direct_integral(0.8, z_um, 0.3), 1e-3) << z_um;
    EXPECT_NEAR(profile[3], direct_integral(0.8, z_um, 0.7), 1e-3) << z_um;
  }
}

TEST(Diffraction, focal_plane_is_the_squared_airy_pattern) {
  const DiffractionPsf psf(optics_of(PhantomPsfModel::born_wolf), 0);
  const double v = 2 * std::numbers::pi / 0.92 * 0.8 * 0.2;

  const double value = psf.profile(0, psf.bessel_table({0.2})).front();

  EXPECT_NEAR(value, std::pow(2 * std::cyl_bessel_j(1.0, v) / v, 4), 1e-3);
}

// Table of reference science.md section 3.1 (Zipfel 2003).
TEST(Diffraction, widths_are_the_published_ones) {
  const DiffractionPsf low(optics_of(PhantomPsfModel::born_wolf, 0.6f), 0);
  const DiffractionPsf high(optics_of(PhantomPsfModel::born_wolf, 0.8f), 0);

  EXPECT_NEAR(low.fwhm_xy_um() / 0.578, 1, 0.03);
  EXPECT_NEAR(low.fwhm_z_um() / 4.03, 1, 0.03);
  EXPECT_NEAR(high.fwhm_xy_um() / 0.431, 1, 0.03);
  EXPECT_NEAR(high.fwhm_z_um() / 2.15, 1, 0.03);
}

TEST(Diffraction, mismatch_of_the_refractive_index_makes_the_focus_asymmetric) {
  const DiffractionPsf psf(optics_of(PhantomPsfModel::gibson_lanni, 1.0f), 150);
  const auto bessel = psf.bessel_table({0.0});

  const double above = psf.profile(-1.2, bessel).front();
  const double below = psf.profile(1.2, bessel).front();

  EXPECT_GT(std::abs(above - below), 0.2 * (above + below));
  EXPECT_GE(psf.profile(0, bessel).front(), psf.profile(0.1, bessel).front());
  EXPECT_GE(psf.profile(0, bessel).front(), psf.profile(-0.1, bessel).front());
}

TEST(Diffraction, without_mismatch_depth_changes_nothing) {
  PhantomOptics optics = optics_of(PhantomPsfModel::gibson_lanni);
  optics.tissue_refractive_index = optics.immersion_refractive_index;
  const DiffractionPsf deep(optics, 100);
  const DiffractionPsf lens(optics_of(PhantomPsfModel::born_wolf), 0);

  EXPECT_NEAR(deep.profile(0.8, deep.bessel_table({0.1})).front(),
              lens.profile(0.8, lens.bessel_table({0.1})).front(), 1e-9);
}

TEST(Diffraction, aperture_beyond_the_refractive_index_is_refused) {
  EXPECT_THROW(DiffractionPsf(optics_of(PhantomPsfModel::born_wolf, 1.4f), 0), InvalidArgument);
}

class FitGaussians : public testing::TestWithParam<PhantomPsfModel> {};

TEST_P(FitGaussians, is_within_2_percent_of_the_peak_everywhere) {
  const DiffractionPsf psf(optics_of(GetParam()), 85);
  const PsfModel fit = fit_gaussians(psf);
  std::vector<double> r_um;
  for (int i = 0; i < 60; ++i) {
    r_um.push_back(0.035 * i);
  }
  const auto bessel = psf.bessel_table(r_um);
  const double peak = psf.profile(0, bessel).front();

  double worst = 0;
  for (int i = -60; i <= 60; ++i) {
    const double z_um = 0.11 * i;
    const std::vector<double> profile = psf.profile(z_um, bessel);
    for (std::size_t j = 0; j < r_um.size(); ++j) {
      // The image of a point is the light around the focus upside down.
      worst = std::max(worst, std::abs(fit(-z_um, r_um[j]) / fit(0, 0) - profile[j] / peak));
    }
  }

  EXPECT_LT(worst, 0.02);
}

INSTANTIATE_TEST_SUITE_P(models, FitGaussians,
                         testing::Values(PhantomPsfModel::born_wolf,
                                         PhantomPsfModel::gibson_lanni));

}  // namespace
}  // namespace bramble
