#include "pipeline/stack/shaft_profile.hpp"

#include "kernels/core/gaussian.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace bramble {
namespace {

using ::testing::ElementsAre;

constexpr Spacing spacing{1.0f, 0.1f, 0.1f};
constexpr double shaft_y_um = 5;

// A straight shaft along x with a Gaussian profile of 100 counts on a level of 20, a bouton of 900
// every 5 um, and noise.
Volume<float> shaft(double fwhm_um, double bouton_counts, double noise_counts) {
  Volume<float> volume(MemorySpace::host, {3, 100, 200}, spacing);
  std::mt19937 random(1);
  std::normal_distribution<double> noise(0, noise_counts);
  const double sigma_um = fwhm_um / gaussian_fwhm_per_sigma;
  for (std::int64_t i = 0; i < volume.voxels().size(); ++i) {
    const Position p = position_of(volume.extent().voxel(i), spacing);
    const double across = (p.y_um - shaft_y_um) / sigma_um;
    const bool in_bouton = std::fmod(p.x_um, 5) < 1;
    volume.voxels()[i] = static_cast<float>(
        20 + (100 + (in_bouton ? bouton_counts : 0)) * std::exp(-0.5 * across * across) +
        noise(random));
  }
  return volume;
}

std::vector<Position> axis(double off_um = 0) {
  std::vector<Position> nodes;
  for (double x_um = 1; x_um < 19; x_um += 0.25) {
    nodes.push_back({1, shaft_y_um + off_um, x_um});
  }
  return nodes;
}

TEST(MedianProfile, has_the_width_and_contrast_of_the_shaft_and_not_of_its_boutons) {
  const Volume<float> volume = shaft(0.8, 900, 0);

  const ShaftProfile profile = median_profile(volume.view(), axis());

  EXPECT_NEAR(profile.width_um, 0.8, 0.02);
  EXPECT_NEAR(profile.contrast_counts, 100, 1);
}

TEST(MedianProfile, of_a_shaft_dimmer_than_the_noise_is_still_near) {
  const Volume<float> volume = shaft(0.8, 0, 100);

  const ShaftProfile profile = median_profile(volume.view(), axis());

  EXPECT_NEAR(profile.width_um, 0.8, 0.2);
  EXPECT_NEAR(profile.contrast_counts, 100, 30);
}

TEST(MedianProfile, does_not_need_the_axis_to_a_tenth_of_a_um) {
  const Volume<float> volume = shaft(0.8, 0, 0);

  const ShaftProfile profile = median_profile(volume.view(), axis(0.2));

  EXPECT_NEAR(profile.width_um, 0.8, 0.03);
}

TEST(MedianProfile, of_a_flat_volume_has_no_contrast) {
  const Volume<float> volume = shaft(1e-3, 0, 0);

  EXPECT_EQ(median_profile(volume.view(), axis(2)).contrast_counts, 0);
}

TEST(FindDendrites, takes_the_wide_and_asks_more_width_of_the_dim) {
  const std::vector<ShaftProfile> profiles = {{.contrast_counts = 100, .width_um = 0.9},
                                              {.contrast_counts = 90, .width_um = 0.75},
                                              {.contrast_counts = 10, .width_um = 0.75},
                                              {.contrast_counts = 10, .width_um = 0.95},
                                              {.contrast_counts = 0, .width_um = 2.0}};

  EXPECT_THAT(find_dendrites(profiles, 0.65), ElementsAre(true, true, false, true, false));
}

TEST(FindDendrites, brightness_of_the_stack_changes_nothing) {
  const std::vector<ShaftProfile> profiles = {{.contrast_counts = 100, .width_um = 0.9},
                                              {.contrast_counts = 10, .width_um = 0.8},
                                              {.contrast_counts = 60, .width_um = 0.76}};
  std::vector<ShaftProfile> brighter = profiles;
  for (ShaftProfile& profile : brighter) {
    profile.contrast_counts *= 4;
  }

  EXPECT_EQ(find_dendrites(profiles, 0.65), find_dendrites(brighter, 0.65));
}

TEST(FindDendrites, are_none_of_none) { EXPECT_TRUE(find_dendrites({}, 0.65).empty()); }

}  // namespace
}  // namespace bramble
