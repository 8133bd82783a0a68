#include "pipeline/stack/cylinder_width.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/gaussian.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

// How wide a disc looks that is summed point by point: the light of every point of a fine grid, at
// `across_um` in the plane of its middle.
double light(double diameter_um, BlurWidths blur, double across_um) {
  const double step_um = diameter_um / 80;
  const double sigma_xy = blur.xy_um / gaussian_fwhm_per_sigma;
  const double sigma_z = blur.z_um / gaussian_fwhm_per_sigma;
  double sum = 0;
  for (int i = -40; i <= 40; ++i) {
    for (int j = -40; j <= 40; ++j) {
      const double v = step_um * i;
      const double z = step_um * j;
      if (std::hypot(v, z) <= diameter_um / 2) {
        const double a = (across_um - v) / sigma_xy;
        const double b = z / sigma_z;
        sum += std::exp(-0.5 * (a * a + b * b));
      }
    }
  }
  return sum;
}

double seen_width_um(double diameter_um, BlurWidths blur) {
  const double half = light(diameter_um, blur, 0) / 2;
  double across_um = 0;
  while (light(diameter_um, blur, across_um) > half) {
    across_um += 0.002;
  }
  return 2 * across_um;
}

TEST(CylinderWidth, finds_the_diameter_of_blurred_cylinders_to_five_percent) {
  for (const BlurWidths blur : {BlurWidths{0.45, 1.9}, BlurWidths{0.7, 2.5}}) {
    const CylinderWidth cylinder(blur);
    for (const double diameter_um : {0.3, 0.5, 0.8, 1.2, 2.0}) {
      const double seen_um = seen_width_um(diameter_um, blur);

      EXPECT_NEAR(cylinder.width_um(diameter_um), seen_um, 0.01) << diameter_um;
      EXPECT_NEAR(cylinder.diameter_um(seen_um), diameter_um, 0.05 * diameter_um) << blur.xy_um;
    }
  }
}

TEST(CylinderWidth, what_is_no_wider_than_the_blur_has_no_diameter) {
  const CylinderWidth cylinder({.xy_um = 0.5, .z_um = 2});

  EXPECT_EQ(cylinder.diameter_um(0.4), 0);
  EXPECT_EQ(cylinder.diameter_um(0.5), 0);
  EXPECT_EQ(cylinder.diameter_um(std::nan("")), 0);
  EXPECT_EQ(cylinder.width_um(0), 0.5);
}

TEST(CylinderWidth, width_and_diameter_undo_each_other_and_grow_together) {
  const CylinderWidth cylinder({.xy_um = 0.6, .z_um = 1.9});
  double before_um = 0;
  for (double diameter_um = 0.05; diameter_um < 7; diameter_um += 0.07) {
    const double width_um = cylinder.width_um(diameter_um);

    EXPECT_GT(width_um, before_um);
    EXPECT_NEAR(cylinder.diameter_um(width_um), diameter_um, 1e-9);
    before_um = width_um;
  }
}

TEST(CylinderWidth, blur_without_width_is_refused) {
  EXPECT_THROW(CylinderWidth({.xy_um = 0, .z_um = 1}), InvalidArgument);
}

}  // namespace
}  // namespace bramble
