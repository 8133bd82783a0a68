#include "kernels/restore/gaussian_psf.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace bramble {
namespace {

TEST(GaussianPsf, sums_to_one_and_is_symmetric) {
  const Volume<float> psf =
      gaussian_psf({1.0f, 0.12f, 0.1f}, {.fwhm_xy_um = 0.45f, .fwhm_z_um = 1.9f});

  EXPECT_NEAR(std::accumulate(psf.voxels().begin(), psf.voxels().end(), 0.0), 1.0, 1e-5);
  const Extent e = psf.extent();
  EXPECT_EQ(e.z % 2 + e.y % 2 + e.x % 2, 3);
  for (std::int64_t i = 0; i < psf.voxels().size(); ++i) {
    EXPECT_EQ(psf.voxels()[i], psf.voxels()[psf.voxels().size() - 1 - i]);
  }
}

TEST(GaussianPsf, half_width_is_where_half_the_peak_is) {
  const Volume<float> psf =
      gaussian_psf({0.95f, 0.05f, 0.05f}, {.fwhm_xy_um = 0.5f, .fwhm_z_um = 1.9f});
  const Extent e = psf.extent();
  const float peak = psf.view()(e.z / 2, e.y / 2, e.x / 2);

  EXPECT_NEAR(psf.view()(e.z / 2, e.y / 2, e.x / 2 + 5) / peak, 0.5f, 1e-4);
  EXPECT_NEAR(psf.view()(e.z / 2 + 1, e.y / 2, e.x / 2) / peak, 0.5f, 1e-4);
}

// The table of a review of the field, at 920 nm in water.
TEST(GaussianPsf, zipfel_widths_are_those_of_the_literature) {
  struct Row {
    float numerical_aperture;
    double fwhm_xy_um;
    double fwhm_z_um;
  };
  constexpr Row rows[] = {{0.6f, .578, 4.03},  {0.8f, .431, 2.15}, {0.9f, .387, 1.64},
                          {0.95f, .369, 1.44}, {1.0f, .352, 1.27}, {1.05f, .337, 1.12},
                          {1.1f, .323, 0.99}};
  for (const Row& row : rows) {
    SCOPED_TRACE(row.numerical_aperture);

    const GaussianPsfParams widths =
        zipfel_widths({.numerical_aperture = row.numerical_aperture, .wavelength_nm = 920});

    EXPECT_NEAR(widths.fwhm_xy_um, row.fwhm_xy_um, 0.0006);
    EXPECT_NEAR(widths.fwhm_z_um, row.fwhm_z_um, 0.006);
  }
}

TEST(GaussianPsf, impossible_optics_have_no_widths) {
  EXPECT_THROW(zipfel_widths({.numerical_aperture = 1.4f, .wavelength_nm = 920}), InvalidArgument);
  EXPECT_THROW(zipfel_widths({.numerical_aperture = 0.8f, .wavelength_nm = 9.2e-7f}),
               InvalidArgument);
}

TEST(GaussianPsf, widths_and_spacings_must_be_positive) {
  EXPECT_THROW(gaussian_psf({1, 0.1f, 0.1f}, {.fwhm_xy_um = 0, .fwhm_z_um = 1}), InvalidArgument);
  EXPECT_THROW(gaussian_psf({0, 0.1f, 0.1f}, {}), InvalidArgument);
}

}  // namespace
}  // namespace bramble
