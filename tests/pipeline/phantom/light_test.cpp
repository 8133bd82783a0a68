#include "pipeline/phantom/light.hpp"

#include "pipeline/phantom/optics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace bramble {
namespace {

double field_at(const std::vector<BackgroundWave>& waves, Position point) {
  double sum = 0;
  for (const BackgroundWave& wave : waves) {
    sum += std::cos(dot(wave.radians_per_um, point) + wave.phase_rad);
  }
  return sum * std::sqrt(2.0 / static_cast<double>(waves.size()));
}

TEST(Light, background_moves_with_the_tissue) {
  const PhantomField field{.animal = 2};
  const SessionPose pose = draw_pose({}, field, 1);
  const Position point{3, 4, 15};

  const double first = field_at(draw_background({}, field, {}), point);
  const double later = field_at(draw_background({}, field, pose), pose.apply(point));

  EXPECT_NEAR(later, first, 1e-9);
}

TEST(Light, background_field_has_mean_0_and_variance_1_and_forgets_over_15_um) {
  double sum = 0;
  double sum_of_squares = 0;
  double product = 0;
  constexpr int num_fields = 3000;
  for (std::uint64_t animal = 0; animal < num_fields; ++animal) {
    const auto waves = draw_background({}, {.animal = animal}, {});
    const double here = field_at(waves, {1, 2, 3});
    sum += here;
    sum_of_squares += here * here;
    product += here * field_at(waves, {1, 2, 18});
  }

  EXPECT_NEAR(sum / num_fields, 0, 0.1);
  EXPECT_NEAR(sum_of_squares / num_fields, 1, 0.13);
  EXPECT_NEAR(product / num_fields, std::exp(-0.5), 0.13);
}

TEST(Light, dark_image_gets_the_background_and_nothing_below_a_tenth_of_it) {
  const SessionPose pose;
  const SessionLight light = draw_light({.peak_photons = 30}, {}, 0, pose);
  Volume<float> image(MemorySpace::host, {3, 5, 7}, {1, 10, 10});
  std::fill(image.voxels().begin(), image.voxels().end(), 0.0f);

  light_up(light, image.view());

  EXPECT_EQ(light.background_photons, 2.5);
  for (std::int64_t i = 0; i < image.voxels().size(); ++i) {
    const Position point = position_of(image.extent().voxel(i), image.spacing());
    const double expected = 2.5 * (1 + 0.3 * field_at(light.background_waves, point));
    EXPECT_NEAR(image.voxels()[i], std::max(0.25, expected), 1e-4);
  }
}

TEST(Light, signal_is_attenuated_with_depth) {
  const SessionLight light{.photons_per_occupancy = 100, .attenuation_length_um = 180};
  Volume<float> image(MemorySpace::host, {11, 1, 1}, {1, 0.1f, 0.1f});
  std::fill(image.voxels().begin(), image.voxels().end(), 0.5f);

  light_up(light, image.view());

  EXPECT_NEAR(image.voxels()[0], 50, 1e-4);
  EXPECT_NEAR(image.voxels()[10], 50 * std::exp(-20.0 / 180), 1e-4);
}

TEST(Light, attenuation_length_0_means_no_attenuation) {
  const SessionLight light{.photons_per_occupancy = 100};
  Volume<float> image(MemorySpace::host, {11, 1, 1}, {1, 0.1f, 0.1f});
  std::fill(image.voxels().begin(), image.voxels().end(), 0.5f);

  light_up(light, image.view());

  EXPECT_EQ(image.voxels()[10], image.voxels()[0]);
}

TEST(Light, nominal_shaft_gets_the_peak_photons_in_the_median_session) {
  double log_sum = 0;
  constexpr int num_sessions = 2000;
  for (std::size_t session = 0; session < num_sessions; ++session) {
    const SessionLight light = draw_light({.peak_photons = 30}, {}, session, {});
    log_sum += std::log(light.photons_per_occupancy * cylinder_peak({}, 0.8));
  }

  EXPECT_NEAR(std::exp(log_sum / num_sessions), 30, 0.7);
}

}  // namespace
}  // namespace bramble
