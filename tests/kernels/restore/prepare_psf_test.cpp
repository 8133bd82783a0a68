#include "kernels/restore/prepare_psf.hpp"

#include "kernels/core/error.hpp"
#include "kernels/restore/psf_grid.hpp"
#include "kernels/restore/psf_shape.hpp"
#include "tests/kernels/restore/gaussian_spot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <random>

namespace bramble {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

constexpr Spacing pitch{0.5f, 0.1f, 0.1f};

void expect_usable(const Volume<float>& psf) {
  const Extent extent = psf.extent();
  EXPECT_EQ(extent.z % 2 + extent.y % 2 + extent.x % 2, 3);
  EXPECT_NEAR(sum_of(psf.view()), 1, 1e-6);
  EXPECT_GE(*std::min_element(psf.voxels().begin(), psf.voxels().end()), 0);
}

TEST(PreparePsf, spot_anywhere_comes_to_the_middle_with_its_widths) {
  const Position offsets[] = {{0, 0, 0}, {0.25, 0.05, 0.05}, {0.1, -0.03, 0.2}, {-0.6, 0.31, 0}};
  for (const Position& off : offsets) {
    SCOPED_TRACE(testing::Message() << off.z_um << " " << off.y_um << " " << off.x_um);
    const Volume<float> measured =
        gaussian_spot({.extent = {25, 41, 41}, .spacing = pitch, .off_middle = off});

    const PreparedPsf prepared = prepare_psf(measured.view(), {.spacing = pitch});

    expect_usable(prepared.psf);
    const PsfShape shape = psf_shape(prepared.psf.view());
    EXPECT_NEAR(shape.off_centre.z_um / pitch.z_um, 0, 0.02);
    EXPECT_NEAR(shape.off_centre.y_um / pitch.y_um, 0, 0.02);
    EXPECT_NEAR(shape.off_centre.x_um / pitch.x_um, 0, 0.02);
    EXPECT_NEAR(shape.fwhm_xy_um, 0.45, 0.005);
    EXPECT_NEAR(shape.fwhm_z_um, 1.9, 0.02);
    EXPECT_NEAR(prepared.moved.x_um, -off.x_um, 0.003);
    EXPECT_GE(prepared.energy_frac, 0.99);
  }
}

TEST(PreparePsf, even_extent_is_no_obstacle) {
  const Volume<float> measured = gaussian_spot({.extent = {20, 40, 38}, .spacing = pitch});

  const PreparedPsf prepared = prepare_psf(measured.view(), {.spacing = pitch});

  expect_usable(prepared.psf);
  const PsfShape shape = psf_shape(prepared.psf.view());
  EXPECT_NEAR(length_um(shape.off_centre), 0, 0.005);
  EXPECT_NEAR(shape.fwhm_xy_um, 0.45, 0.005);
  EXPECT_NEAR(shape.fwhm_z_um, 1.9, 0.02);
}

TEST(PreparePsf, is_resampled_to_the_spacing_of_the_image) {
  const Volume<float> measured =
      gaussian_spot({.extent = {41, 61, 61}, .spacing = {0.2f, 0.07f, 0.07f}});

  const PreparedPsf prepared = prepare_psf(measured.view(), {.spacing = {1.0f, 0.13f, 0.11f}});

  expect_usable(prepared.psf);
  EXPECT_EQ(prepared.psf.spacing(), (Spacing{1.0f, 0.13f, 0.11f}));
  const PsfShape shape = psf_shape(prepared.psf.view());
  EXPECT_NEAR(shape.fwhm_y_um, 0.45, 0.005);
  EXPECT_NEAR(shape.fwhm_x_um, 0.45, 0.005);
  EXPECT_NEAR(shape.fwhm_z_um, 1.9, 0.02);
}

TEST(PreparePsf, background_noise_and_negative_pixels_leave_widths_and_tails_alone) {
  Volume<float> measured = gaussian_spot({.extent = {25, 41, 41}, .spacing = pitch});
  std::mt19937 random(3);
  std::normal_distribution<float> noise(0, 5);
  for (float& value : measured.voxels()) {
    value = 1000 * value - 40 + noise(random);
  }

  const PreparedPsf prepared = prepare_psf(measured.view(), {.spacing = pitch});

  expect_usable(prepared.psf);
  EXPECT_NEAR(prepared.background, -40, 0.5);
  const PsfShape shape = psf_shape(prepared.psf.view());
  EXPECT_NEAR(shape.nearest_gaussian.fwhm_xy_um, 0.45, 0.01);
  EXPECT_NEAR(shape.nearest_gaussian.fwhm_z_um, 1.9, 0.04);
  EXPECT_LT(shape.energy_outside_frac, 0.02);
}

TEST(PreparePsf, computed_one_keeps_its_tails) {
  Volume<float> computed = gaussian_spot({.extent = {5, 41, 41}, .spacing = pitch});
  for (float& value : computed.voxels()) {
    value += 0.01f;
  }

  const PreparedPsf prepared = prepare_psf(
      computed.view(), {.spacing = pitch, .energy_frac = 1, .background = PsfBackground::keep});

  EXPECT_EQ(prepared.background, 0);
  EXPECT_GT(prepared.psf.view()(0, 0, 0), 0);
}

TEST(PreparePsf, mirrored_one_is_symmetric) {
  Volume<float> measured =
      gaussian_spot({.extent = {25, 41, 41}, .spacing = pitch, .off_middle = {0.1, 0.02, 0}});
  measured.view()(12, 20, 26) += 0.2f;

  const PreparedPsf prepared =
      prepare_psf(measured.view(), {.spacing = pitch, .symmetry = PsfSymmetry::mirrored});

  expect_usable(prepared.psf);
  const std::int64_t last = prepared.psf.voxels().size() - 1;
  for (std::int64_t i = 0; i <= last; ++i) {
    EXPECT_EQ(prepared.psf.voxels()[i], prepared.psf.voxels()[last - i]);
  }
}

TEST(PreparePsf, taller_than_the_image_is_cropped_and_says_what_is_left) {
  const Volume<float> measured = gaussian_spot({.extent = {41, 41, 41}, .spacing = pitch});

  const PreparedPsf prepared =
      prepare_psf(measured.view(), {.spacing = pitch, .image = {3, 512, 512}, .energy_frac = 1});

  expect_usable(prepared.psf);
  EXPECT_EQ(prepared.psf.extent().z, 5);
  EXPECT_NEAR(prepared.energy_frac, 0.8847, 0.0005);  // 5 of many samples, 0.62 sigma apart
}

TEST(PreparePsf, says_what_is_wrong) {
  const Spot spot{.extent = {7, 9, 9}, .spacing = pitch};
  const auto preparing = [](Volume<float> measured) {
    return [measured = std::make_shared<Volume<float>>(std::move(measured))] {
      prepare_psf(measured->view(), {.spacing = pitch});
    };
  };
  Volume<float> dark = gaussian_spot(spot);
  std::fill(dark.voxels().begin(), dark.voxels().end(), 0.0f);
  Volume<float> broken = gaussian_spot(spot);
  broken.view()(1, 2, 3) = std::numeric_limits<float>::quiet_NaN();
  Volume<float> inverted = gaussian_spot(spot);
  for (float& value : inverted.voxels()) {
    value = 1 - value;
  }

  EXPECT_THAT(preparing(std::move(dark)), ThrowsMessage<DataError>(HasSubstr("all values")));
  EXPECT_THAT(preparing(std::move(broken)), ThrowsMessage<DataError>(HasSubstr("(1, 2, 3)")));
  EXPECT_THAT(preparing(std::move(inverted)), ThrowsMessage<DataError>(HasSubstr("border")));
  EXPECT_THAT(preparing(gaussian_spot({.extent = {7, 9, 9}, .spacing = {0, 0.1f, 0.1f}})),
              ThrowsMessage<DataError>(HasSubstr("element_size_um")));
  EXPECT_THAT(preparing(Volume<float>(MemorySpace::host, {0, 3, 3}, pitch)),
              ThrowsMessage<DataError>(HasSubstr("no voxels")));
}

TEST(PreparePsf, single_voxel_is_the_identity) {
  Volume<float> point(MemorySpace::host, {1, 1, 1}, pitch);
  point.voxels()[0] = 7;

  const PreparedPsf prepared = prepare_psf(point.view(), {.spacing = pitch});

  EXPECT_EQ(prepared.psf.extent(), (Extent{1, 1, 1}));
  EXPECT_EQ(prepared.psf.voxels()[0], 1);
}

}  // namespace
}  // namespace bramble
