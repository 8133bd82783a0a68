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

TEST(MedianProfile, spines_beside_the_shaft_skew_the_light_there_and_noise_does_not) {
  Volume<float> spiny = shaft(0.6, 0, 10);
  for (std::int64_t i = 0; i < spiny.voxels().size(); ++i) {
    const Position p = position_of(spiny.extent().voxel(i), spacing);
    const bool in_spine = std::fmod(p.x_um, 2.5) < 0.5 && std::abs(p.y_um - shaft_y_um) < 1.2;
    spiny.voxels()[i] += in_spine ? 60 : 0;
  }
  const Volume<float> bare = shaft(0.6, 0, 10);

  EXPECT_GT(median_profile(spiny.view(), axis()).spine_light_ratio, 0.2);
  EXPECT_LT(std::abs(median_profile(bare.view(), axis()).spine_light_ratio), 0.1);
}

std::vector<bool> is_dendrite(const std::vector<ShaftProfile>& profiles) {
  std::vector<bool> found;
  for (const double evidence : dendrite_evidence(profiles, 0.65)) {
    found.push_back(evidence >= 1);
  }
  return found;
}

TEST(DendriteEvidence, takes_the_wide_and_asks_more_width_of_the_dim) {
  const std::vector<ShaftProfile> profiles = {{.contrast_counts = 100, .width_um = 0.9},
                                              {.contrast_counts = 90, .width_um = 0.75},
                                              {.contrast_counts = 10, .width_um = 0.75},
                                              {.contrast_counts = 10, .width_um = 1.3},
                                              {.contrast_counts = 0, .width_um = 2.0}};

  EXPECT_THAT(is_dendrite(profiles), ElementsAre(true, true, false, true, false));
}

TEST(DendriteEvidence, light_of_spines_makes_up_for_width) {
  const std::vector<ShaftProfile> profiles = {
      {.contrast_counts = 100, .width_um = 0.9},
      {.contrast_counts = 40, .width_um = 0.75, .spine_light_ratio = 0.0},
      {.contrast_counts = 40, .width_um = 0.75, .spine_light_ratio = 0.2}};

  EXPECT_THAT(is_dendrite(profiles), ElementsAre(true, false, true));
}

TEST(DendriteEvidence, beads_speak_for_an_axon) {
  const std::vector<ShaftProfile> profiles = {
      {.contrast_counts = 100, .width_um = 0.9},
      {.contrast_counts = 40, .width_um = 0.78, .beading_ratio = 0.4},
      {.contrast_counts = 40, .width_um = 0.78, .beading_ratio = 1.4}};

  EXPECT_THAT(is_dendrite(profiles), ElementsAre(true, true, false));
}

TEST(DendriteEvidence, brightness_of_the_stack_changes_nothing) {
  const std::vector<ShaftProfile> profiles = {{.contrast_counts = 100, .width_um = 0.9},
                                              {.contrast_counts = 10, .width_um = 0.8},
                                              {.contrast_counts = 60, .width_um = 0.76}};
  std::vector<ShaftProfile> brighter = profiles;
  for (ShaftProfile& profile : brighter) {
    profile.contrast_counts *= 4;
  }

  EXPECT_EQ(dendrite_evidence(profiles, 0.65), dendrite_evidence(brighter, 0.65));
}

TEST(DendriteEvidence, is_none_of_none) { EXPECT_TRUE(dendrite_evidence({}, 0.65).empty()); }

}  // namespace
}  // namespace bramble
