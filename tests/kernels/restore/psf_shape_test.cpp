#include "kernels/restore/psf_shape.hpp"

#include "kernels/core/error.hpp"
#include "tests/kernels/restore/gaussian_spot.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace bramble {
namespace {

TEST(PsfShape, of_a_gaussian_is_known) {
  const Volume<float> psf = gaussian_psf({0.5f, 0.12f, 0.1f}, {});

  const PsfShape shape = psf_shape(psf.view());

  EXPECT_NEAR(shape.fwhm_xy_um, 0.45, 1e-4);
  EXPECT_NEAR(shape.fwhm_z_um, 1.9, 1e-4);
  EXPECT_NEAR(shape.nearest_gaussian.fwhm_xy_um, 0.45, 0.001);
  EXPECT_NEAR(shape.nearest_gaussian.fwhm_z_um, 1.9, 0.004);
  // exp(-8) in plane; the sampled one ends at 4 standard deviations along z.
  EXPECT_NEAR(shape.energy_outside_frac, std::exp(-8), 2e-4);
  EXPECT_LT(shape.separable_residual_frac, 1e-4);
  EXPECT_NEAR(length_um(shape.off_centre), 0, 1e-5);
}

TEST(PsfShape, tells_widths_of_y_and_x_apart_and_where_the_centre_lies) {
  Spot spot{.extent = {15, 41, 41}, .spacing = {0.5f, 0.1f, 0.1f}, .off_middle = {0.2, 0.03, 0.3}};
  Volume<float> psf = gaussian_spot(spot);
  psf.reshape(psf.extent(), {0.5f, 0.2f, 0.1f});

  const PsfShape shape = psf_shape(psf.view());

  EXPECT_NEAR(shape.fwhm_y_um, 0.9, 1e-4);
  EXPECT_NEAR(shape.fwhm_x_um, 0.45, 1e-4);
  EXPECT_NEAR(shape.off_centre.z_um, 0.2, 0.01);
  EXPECT_NEAR(shape.off_centre.y_um, 0.06, 0.004);
  EXPECT_NEAR(shape.off_centre.x_um, 0.3, 0.002);
}

TEST(PsfShape, of_one_plane_has_no_axial_width) {
  const PsfShape shape =
      psf_shape(gaussian_spot({.extent = {1, 31, 31}, .spacing = {1, 0.1f, 0.1f}}).view());

  EXPECT_TRUE(std::isnan(shape.fwhm_z_um));
  EXPECT_NEAR(shape.fwhm_xy_um, 0.45, 1e-4);
}

TEST(PsfShape, nothing_has_no_shape) {
  Volume<float> psf(MemorySpace::host, {3, 3, 3}, {1, 1, 1});
  std::fill(psf.voxels().begin(), psf.voxels().end(), 0.0f);

  EXPECT_THROW(psf_shape(psf.view()), DataError);
}

}  // namespace
}  // namespace bramble
