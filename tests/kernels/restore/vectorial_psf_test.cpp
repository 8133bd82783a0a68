#include "kernels/restore/vectorial_psf.hpp"

#include "kernels/core/error.hpp"
#include "kernels/restore/psf_grid.hpp"
#include "kernels/restore/psf_shape.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace bramble {
namespace {

constexpr float uniform = std::numeric_limits<float>::infinity();

VectorialPsfParams params_of(float numerical_aperture, float pupil_fill) {
  return {.excitation = {.numerical_aperture = numerical_aperture, .wavelength_nm = 920},
          .pupil_fill = pupil_fill};
}

// Widths and tails at 920 nm in water that an independent program gave for linear polarisation.
struct Known {
  float numerical_aperture;
  float pupil_fill;
  double fwhm_xy_um;
  double fwhm_z_um;
  double energy_outside_frac;
};

class VectorialPsfOfKnownShape : public testing::TestWithParam<Known> {};

TEST_P(VectorialPsfOfKnownShape, has_the_widths_and_tails) {
  const Known known = GetParam();

  const Volume<float> psf =
      vectorial_psf({0.2f, 0.05f, 0.05f}, params_of(known.numerical_aperture, known.pupil_fill));

  const PsfShape shape = psf_shape(psf.view());
  EXPECT_NEAR(shape.fwhm_xy_um, known.fwhm_xy_um, 0.01 * known.fwhm_xy_um);
  EXPECT_NEAR(shape.fwhm_z_um, known.fwhm_z_um, 0.01 * known.fwhm_z_um);
  EXPECT_NEAR(shape.energy_outside_frac, known.energy_outside_frac, 0.01);
}

INSTANTIATE_TEST_SUITE_P(Table, VectorialPsfOfKnownShape,
                         testing::Values(Known{0.6f, uniform, 0.575, 4.10, 0.10},
                                         Known{0.8f, uniform, 0.437, 2.20, 0.14},
                                         Known{0.8f, 1.0f, 0.476, 2.28, 0.12},
                                         Known{0.8f, 0.6f, 0.567, 2.73, 0.11},
                                         Known{1.05f, uniform, 0.342, 1.15, 0.15},
                                         Known{1.05f, 1.0f, 0.371, 1.20, 0.15}));

TEST(VectorialPsf, sums_to_one_is_centred_and_symmetric) {
  const Volume<float> psf = vectorial_psf({1.0f, 0.12f, 0.1f}, params_of(0.8f, 1.0f));

  EXPECT_EQ(psf.extent(), (Extent{17, 51, 61}));
  EXPECT_NEAR(sum_of(psf.view()), 1, 1e-5);
  for (std::int64_t i = 0; i < psf.voxels().size(); ++i) {
    EXPECT_EQ(psf.voxels()[i], psf.voxels()[psf.voxels().size() - 1 - i]);
  }
}

TEST(VectorialPsf, does_not_depend_on_the_grid) {
  const Volume<float> coarse = vectorial_psf({1.0f, 0.2f, 0.2f}, params_of(0.8f, 1.0f));
  const Volume<float> fine = vectorial_psf({0.5f, 0.1f, 0.1f}, params_of(0.8f, 1.0f));

  const auto ratio = [](const Volume<float>& psf, int z, int x) {
    const Voxel middle = middle_of(psf.extent());
    return psf.view()(middle.z + z, middle.y, middle.x + x) / psf.view()(middle);
  };
  EXPECT_NEAR(ratio(coarse, 1, 1), ratio(fine, 2, 2), 1e-6);
  EXPECT_NEAR(ratio(coarse, 3, 2), ratio(fine, 6, 4), 1e-6);
}

TEST(VectorialPsf, of_a_low_aperture_is_computed_as_far_as_it_reaches) {
  const Volume<float> psf = vectorial_psf({1.0f, 0.2f, 0.2f}, params_of(0.3f, uniform));

  // Zipfel's axial width is 16.7 um.
  EXPECT_EQ(psf.extent().z, 67);
  EXPECT_NEAR(psf_shape(psf.view()).fwhm_z_um, 16.7, 0.5);
}

TEST(VectorialPsf, impossible_optics_are_refused) {
  const Spacing spacing{1, 0.1f, 0.1f};

  EXPECT_THROW(vectorial_psf(spacing, params_of(0, 1)), InvalidArgument);
  EXPECT_THROW(vectorial_psf(spacing, params_of(1.33f, 1)), InvalidArgument);
  EXPECT_THROW(vectorial_psf(spacing, params_of(0.8f, 0)), InvalidArgument);
  EXPECT_THROW(vectorial_psf({0, 0.1f, 0.1f}, params_of(0.8f, 1)), InvalidArgument);
  EXPECT_THROW(
      vectorial_psf(spacing, {.excitation = {.numerical_aperture = 0.8f, .wavelength_nm = 0.92f}}),
      InvalidArgument);
}

}  // namespace
}  // namespace bramble
