#include "pipeline/stack/measure_shaft.hpp"

#include "kernels/core/gaussian.hpp"
#include "pipeline/records/flags.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>

namespace bramble {
namespace {

constexpr Spacing spacing{1.0f, 0.1f, 0.1f};
constexpr BlurWidths blur{.xy_um = 0.6, .z_um = 2.4};
constexpr double axis_y_um = 4;

using DiameterAt = std::function<double(double x_um)>;

// A tube along x at y = 4 um, filled evenly and blurred: the light that a cylinder of its diameter
// there would send. Row by row from the definition, over a fine grid of points of the disc.
Volume<float> tube(Extent extent, double z_um, const DiameterAt& diameter_at) {
  Volume<float> volume(MemorySpace::host, extent, spacing);
  const double sigma_xy = blur.xy_um / gaussian_fwhm_per_sigma;
  const double sigma_z = blur.z_um / gaussian_fwhm_per_sigma;
  for (int x = 0; x < extent.x; ++x) {
    const double radius_um = diameter_at(0.1 * x) / 2;
    constexpr int points = 12;
    const double step_um = radius_um / points;
    for (int z = 0; z < extent.z; ++z) {
      for (int y = 0; y < extent.y; ++y) {
        double sum = 0;
        for (int i = -points; i <= points; ++i) {
          const double part = static_cast<double>(i) / points;
          const double half_um = radius_um * std::sqrt(1 - part * part);
          const double a = (0.1 * y - axis_y_um - step_um * i) / sigma_xy;
          const double b = (z - z_um) / (std::sqrt(2.0) * sigma_z);
          const double h = half_um / (std::sqrt(2.0) * sigma_z);
          sum += std::exp(-0.5 * a * a) * (std::erf(b + h) - std::erf(b - h));
        }
        volume.view()(z, y, x) = static_cast<float>(2000 * sum * step_um);
      }
    }
  }
  return volume;
}

void add_noise(Volume<float>& volume, float sigma, unsigned seed) {
  std::mt19937 generator(seed);
  std::normal_distribution<float> normal(0, sigma);
  for (float& value : volume.voxels()) {
    value += normal(generator);
  }
}

Dendrite straight(double z_um, double from_um, double to_um) {
  Dendrite dendrite;
  for (double x = from_um; x <= to_um + 1e-9; x += 0.25) {
    dendrite.nodes.push_back({z_um, axis_y_um, x});
  }
  return dendrite;
}

Dendrite measured(const Volume<float>& volume, Dendrite dendrite,
                  const MeasureShaftParams& params = {.blur = blur}) {
  MeasureShaft(volume.view(), params).measure(dendrite);
  return dendrite;
}

TEST(MeasureShaft, thin_and_thick_tubes_have_their_own_radius_under_noise) {
  for (const double diameter_um : {0.4, 0.7, 1.2}) {
    Volume<float> volume = tube({9, 81, 300}, 4, [diameter_um](double) { return diameter_um; });
    const float peak = volume.view()(4, 40, 150);
    add_noise(volume, 0.01f * peak, 5);

    const Dendrite found = measured(volume, straight(4, 2, 28));

    EXPECT_NEAR(found.diameter_um, diameter_um, 0.12 * diameter_um);
    EXPECT_NEAR(found.mean_diameter_um, diameter_um, 0.12 * diameter_um);
    EXPECT_FALSE(has_flag(found.flags, "beaded")) << diameter_um;
  }
}

TEST(MeasureShaft, radius_follows_a_tube_that_tapers) {
  const Volume<float> volume =
      tube({9, 81, 300}, 4, [](double x_um) { return 1.2 - 0.7 * x_um / 30; });

  const Dendrite found = measured(volume, straight(4, 2, 28));

  for (std::size_t i = 8; i + 8 < found.nodes.size(); ++i) {
    const double diameter_um = 1.2 - 0.7 * found.nodes[i].x_um / 30;
    EXPECT_NEAR(2 * double{found.radius_um[i]}, diameter_um, 0.08 * diameter_um);
  }
}

TEST(MeasureShaft, beads_are_flagged_at_any_brightness_and_noise_is_not) {
  const auto beads = [](double x_um) { return 0.9 + 0.7 * std::sin(2 * 3.14159265 * x_um / 5); };
  Volume<float> beaded = tube({9, 81, 300}, 4, beads);
  add_noise(beaded, 0.05f * beaded.view()(4, 40, 12), 3);
  Volume<float> dim = tube({9, 81, 300}, 4, [](double) { return 0.4; });
  add_noise(dim, 0.3f * dim.view()(4, 40, 150), 3);

  EXPECT_TRUE(has_flag(measured(beaded, straight(4, 2, 28)).flags, "beaded"));
  EXPECT_FALSE(has_flag(measured(dim, straight(4, 2, 28)).flags, "beaded"));
}

TEST(MeasureShaft, lengths_and_tortuosity_of_a_bend) {
  const Volume<float> volume = tube({9, 81, 300}, 4, [](double) { return 0.8; });
  Dendrite bend;
  bend.nodes = {{0.5, 4, 5}, {4, 4, 5}, {4, 4, 13}, {4, 4, 17}};

  const Dendrite found = measured(volume, bend);

  EXPECT_NEAR(found.length_um, 3.5 + 12, 1e-9);
  EXPECT_NEAR(found.length_2d_um, 12, 1e-9);
  EXPECT_NEAR(found.tortuosity, 15.5 / std::hypot(3.5, 12), 1e-9);
}

TEST(MeasureShaft, outer_halves_of_first_and_last_slice_are_not_usable) {
  const Volume<float> volume = tube({9, 81, 300}, 4, [](double) { return 0.8; });
  const MeasureShaftParams params{.blur = blur, .noise_counts = 0};

  EXPECT_EQ(measured(volume, straight(0.4, 2, 20), params).length_usable_um, 0);
  EXPECT_EQ(measured(volume, straight(7.6, 2, 20), params).length_usable_um, 0);
  EXPECT_NEAR(measured(volume, straight(0.5, 2, 20), params).length_usable_um, 18, 1e-9);
  EXPECT_NEAR(measured(volume, straight(7.5, 2, 20), params).length_usable_um, 18, 1e-9);
}

TEST(MeasureShaft, nodes_beside_the_picture_are_not_usable) {
  const Volume<float> volume = tube({9, 81, 300}, 4, [](double) { return 0.8; });

  const Dendrite found = measured(volume, straight(4, -2, 20), {.blur = blur, .noise_counts = 0});

  EXPECT_NEAR(found.length_usable_um, 20, 1e-9);
  EXPECT_NEAR(found.length_um, 22, 1e-9);
}

TEST(MeasureShaft, all_of_a_single_slice_is_usable) {
  const Volume<float> volume = tube({1, 81, 300}, 0, [](double) { return 0.8; });

  const Dendrite found = measured(volume, straight(0, 2, 20));

  EXPECT_NEAR(found.length_usable_um, 18, 1e-9);
  EXPECT_FALSE(has_flag(found.flags, "leaves_volume"));
}

TEST(MeasureShaft, stretch_too_dim_to_score_is_not_usable) {
  Volume<float> volume = tube({9, 81, 300}, 4, [](double) { return 0.8; });
  for (int x = 150; x < 300; ++x) {
    for (int z = 0; z < 9; ++z) {
      for (int y = 0; y < 81; ++y) {
        volume.view()(z, y, x) = 0;
      }
    }
  }

  const Dendrite found = measured(volume, straight(4, 2, 28),
                                  {.blur = blur, .min_usable_snr = 0.5, .noise_counts = 1});

  EXPECT_GT(found.length_usable_um, 12);
  EXPECT_LT(found.length_usable_um, 19);
}

}  // namespace
}  // namespace bramble
