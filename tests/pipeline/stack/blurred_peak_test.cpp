#include "pipeline/stack/blurred_peak.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

TEST(BlurredPeak, sphere_over_shaft_reads_as_the_reference_says) {
  // Science reference, table 2.1: peak of a sphere over that of a 0.8 um shaft, PSF of 0.45 x 1.9.
  const Blur blur{.sigma_xy_um = 0.45 / 2.3548, .sigma_z_um = 1.9 / 2.3548};
  const double shaft = blurred_cylinder_peak(0.8, blur);

  EXPECT_NEAR(blurred_sphere_peak(0.2, blur) / shaft, 0.026, 0.003);
  EXPECT_NEAR(blurred_sphere_peak(0.5, blur) / shaft, 0.310, 0.01);
  EXPECT_NEAR(blurred_sphere_peak(0.8, blur) / shaft, 0.828, 0.02);
  EXPECT_NEAR(blurred_sphere_peak(1.2, blur) / shaft, 1.48, 0.03);
}

TEST(BlurredPeak, of_large_bodies_is_one) {
  const Blur blur{.sigma_xy_um = 0.2, .sigma_z_um = 0.8};

  EXPECT_NEAR(blurred_sphere_peak(8, blur), 1, 1e-3);
  EXPECT_NEAR(blurred_cylinder_peak(8, blur), 1, 1e-3);
}

TEST(BlurredPeak, diameter_comes_back_from_the_peak) {
  const Blur blur{.sigma_xy_um = 0.25, .sigma_z_um = 1.0};

  for (const double diameter_um : {0.25, 0.5, 0.9, 1.4}) {
    EXPECT_NEAR(sphere_of_peak(blurred_sphere_peak(diameter_um, blur), blur, 0.2, 1.5), diameter_um,
                1e-4);
  }
  EXPECT_NEAR(sphere_of_peak(0, blur, 0.2, 1.5), 0.2, 1e-4);
  EXPECT_NEAR(sphere_of_peak(1, blur, 0.2, 1.5), 1.5, 1e-4);
}

}  // namespace
}  // namespace bramble
