#include "pipeline/phantom/optics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bramble {
namespace {

constexpr Extent extent{15, 63, 65};
constexpr Spacing spacing{1.0f, 0.1f, 0.1f};
constexpr Position middle{7, 3.1, 3.2};

Volume<float> image_of(const std::vector<DyedCell>& cells, PhantomPsf psf = {}) {
  Volume<float> image(MemorySpace::host, extent, spacing);
  image_cells(cells, psf, image.view());
  return image;
}

DyedCell ball(double diameter_um, Position centre = middle) {
  return {.capsules = {},
          .spheroids = {{.centre = centre,
                         .axis = {0, 0, 1},
                         .axial_radius_um = 0.5 * diameter_um,
                         .transverse_radius_um = 0.5 * diameter_um}}};
}

// Reaches beyond the volume on both sides.
DyedCell cylinder(double diameter_um, Position direction) {
  const double radius_um = 0.5 * diameter_um;
  return {.capsules = {{middle - direction * 6, middle + direction * 6, radius_um, radius_um}},
          .spheroids = {}};
}

double peak(const Volume<float>& image) {
  return *std::max_element(image.voxels().begin(), image.voxels().end());
}

double total(const Volume<float>& image) {
  double sum = 0;
  for (const float value : image.voxels()) {
    sum += value;
  }
  return sum * spacing.z_um * spacing.y_um * spacing.x_um;
}

// A ball at voxel (7, 31, 32) of an image with pixels so small that the mean over a pixel changes
// nothing.
Volume<float> image_ball_with_small_pixels(double diameter_um) {
  constexpr Spacing small{1.0f, 0.04f, 0.04f};
  Volume<float> image(MemorySpace::host, extent, small);
  image_cells({ball(diameter_um, position_of({7, 31, 32}, small))}, {}, image.view());
  return image;
}

// Where the profile along x through the middle falls to half of its peak, on both sides, by linear
// interpolation.
double fwhm_um(const Volume<float>& image) {
  const auto at = [&](int x) { return static_cast<double>(image.view()(7, 31, x)); };
  const double half = 0.5 * at(32);
  double width_um = 0;
  for (const int step : {-1, 1}) {
    int x = 32;
    while (at(x + step) > half) {
      x += step;
    }
    width_um += image.spacing().x_um * (std::abs(x - 32) + (at(x) - half) / (at(x) - at(x + step)));
  }
  return width_um;
}

TEST(CylinderPeak, has_the_published_values) {
  EXPECT_NEAR(cylinder_peak({0.45, 1.9}, 0.8), 0.327, 0.005);
  EXPECT_NEAR(cylinder_peak({0.40, 1.6}, 0.8), 0.397, 0.005);
  EXPECT_NEAR(cylinder_peak({0.55, 2.5}, 0.8), 0.232, 0.005);
}

TEST(ImageCells, straight_cylinder_has_the_analytic_peak_in_any_direction_in_plane) {
  for (const Position direction : {Position{0, 0, 1}, Position{0, 1, 0}, Position{0, 0.6, 0.8}}) {
    const Volume<float> image = image_of({cylinder(0.8, direction)});

    // The mean over a pixel of 0.1 um lowers the peak of a 0.9 um wide profile by 0.5 %.
    EXPECT_NEAR(peak(image) / cylinder_peak({}, 0.8), 1, 0.01) << direction.y_um;
    EXPECT_NEAR(image.view()(7, 31, 32), 0.327, 0.005) << direction.y_um;
  }
}

struct SphereRow {
  double diameter_um;
  double fwhm_um;
  double peak_ratio;
};

class ImageSphere : public testing::TestWithParam<SphereRow> {};

TEST_P(ImageSphere, has_the_published_width_and_peak) {
  const SphereRow row = GetParam();

  const Volume<float> image = image_ball_with_small_pixels(row.diameter_um);

  EXPECT_NEAR(fwhm_um(image) / row.fwhm_um, 1, 0.02);
  // The published ratios are rounded to three decimals.
  EXPECT_NEAR(peak(image) / cylinder_peak({}, 0.8), row.peak_ratio, 0.02 * row.peak_ratio + 0.0005);
}

INSTANTIATE_TEST_SUITE_P(table_2_1, ImageSphere,
                         testing::Values(SphereRow{0.3, 0.479, 0.083}, SphereRow{0.4, 0.503, 0.177},
                                         SphereRow{0.5, 0.534, 0.310}, SphereRow{0.6, 0.573, 0.470},
                                         SphereRow{0.8, 0.676, 0.828},
                                         SphereRow{1.0, 0.810, 1.18}));

TEST(ImageCells, blurring_keeps_the_light) {
  const double sharp = total(image_of({ball(0.8)}, {0.40, 1.7}));
  const double blurred = total(image_of({ball(0.8)}, {0.55, 2.5}));

  EXPECT_NEAR(blurred / sharp, 1, 0.001);
  EXPECT_NEAR(sharp / (std::numbers::pi / 6 * 0.8 * 0.8 * 0.8), 1, 0.01);
}

TEST(ImageCells, ball_is_symmetric_about_its_centre) {
  const Volume<float> image = image_of({ball(0.6)});

  EXPECT_NEAR(image.view()(7, 31, 29), image.view()(7, 31, 35), 1e-6);
  EXPECT_NEAR(image.view()(7, 28, 32), image.view()(7, 34, 32), 1e-6);
  EXPECT_NEAR(image.view()(7, 31, 29), image.view()(7, 28, 32), 1e-6);
  EXPECT_NEAR(image.view()(6, 31, 32), image.view()(8, 31, 32), 1e-6);
}

TEST(ImageCells, light_of_a_cell_outside_reaches_the_volume) {
  const Volume<float> image = image_of({ball(1.0, {-1, 3.1, -0.3})});

  EXPECT_GT(image.view()(0, 31, 0), 0.01);
}

TEST(ImageCells, cells_add_up_with_their_gain) {
  DyedCell bright = ball(0.8);
  bright.gain = 1.5;
  const Volume<float> one = image_of({ball(0.8)});

  const Volume<float> sum = image_of({ball(0.8), bright});

  EXPECT_NEAR(peak(sum) / peak(one), 2.5, 1e-5);
}

TEST(ImageCells, no_cells_give_a_dark_image) { EXPECT_EQ(peak(image_of({})), 0); }

}  // namespace
}  // namespace bramble
