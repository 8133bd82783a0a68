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

TEST(GaussianPsf, widths_and_spacings_must_be_positive) {
  EXPECT_THROW(gaussian_psf({1, 0.1f, 0.1f}, {.fwhm_xy_um = 0, .fwhm_z_um = 1}), InvalidArgument);
  EXPECT_THROW(gaussian_psf({0, 0.1f, 0.1f}, {}), InvalidArgument);
}

}  // namespace
}  // namespace bramble
