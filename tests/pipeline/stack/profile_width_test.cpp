#include "pipeline/stack/profile_width.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/gaussian.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

constexpr double step_um = 0.1;

std::vector<double> gaussian(double height, double middle_um, double fwhm_um, double level) {
  std::vector<double> values;
  for (int i = -20; i <= 20; ++i) {
    const double t = (step_um * i - middle_um) / (fwhm_um / gaussian_fwhm_per_sigma);
    values.push_back(level + height * std::exp(-0.5 * t * t));
  }
  return values;
}

TEST(ProfileWidth, width_and_contrast_of_a_gaussian_on_a_level) {
  const ProfileWidth found = profile_width(gaussian(50, 0, 0.8, 20), step_um);

  EXPECT_NEAR(found.width_um, 0.8, 0.005);
  EXPECT_NEAR(found.narrow_width_um, 0.8, 0.005);
  EXPECT_NEAR(found.contrast_counts, 50, 0.01);
}

TEST(ProfileWidth, neurite_off_the_middle_and_a_brighter_neighbour_change_nothing) {
  std::vector<double> values = gaussian(50, 0.2, 0.6, 0);
  const std::vector<double> neighbour = gaussian(90, -1.3, 0.4, 0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] += neighbour[i];
  }

  EXPECT_NEAR(profile_width(values, step_um).width_um, 0.6, 0.05);
  EXPECT_NEAR(profile_width(values, step_um).narrow_width_um, 0.6, 0.03);
}

TEST(ProfileWidth, spine_beside_the_shaft_widens_one_side_only) {
  std::vector<double> values = gaussian(50, 0, 0.7, 0);
  const std::vector<double> spine = gaussian(40, 0.7, 0.5, 0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] += spine[i];
  }

  EXPECT_GT(profile_width(values, step_um).width_um, 1.1);
  EXPECT_NEAR(profile_width(values, step_um).narrow_width_um, 0.75, 0.06);
}

TEST(ProfileWidth, what_does_not_fall_to_half_is_as_wide_as_the_profile) {
  EXPECT_DOUBLE_EQ(profile_width(std::vector<double>(41, 7.0), step_um).width_um, 4.0);
  EXPECT_EQ(profile_width(std::vector<double>(41, 7.0), step_um).contrast_counts, 0);
}

TEST(ProfileWidth, short_and_even_profiles_are_refused) {
  EXPECT_THROW(profile_width(std::vector<double>(40, 1.0), step_um), InvalidArgument);
  EXPECT_THROW(profile_width(std::vector<double>(13, 1.0), step_um), InvalidArgument);
}

}  // namespace
}  // namespace bramble
