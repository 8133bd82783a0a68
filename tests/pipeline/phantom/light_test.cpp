#include "pipeline/phantom/light.hpp"

#include "kernels/core/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace bramble {
namespace {

// Without what is random between sessions.
PhantomParameters steady() {
  PhantomParameters parameters;
  parameters.design.extent.z = 11;
  parameters.light.session_brightness_log_sd = 0;
  parameters.light.bleaching_stack_frac = 0;
  parameters.light.bleaching_session_frac = 0;
  parameters.light.attenuation_length_um = 0;
  parameters.light.vessel_frac = 0;
  return parameters;
}

SessionLight light_of(const PhantomParameters& parameters, std::size_t session = 0) {
  const auto num_slices = static_cast<std::size_t>(parameters.design.extent.z);
  return draw_light(parameters, {}, session, {}, gaussian_psf(0.45, 1.9),
                    std::vector<PhantomSliceMotion>(num_slices));
}

double signal(const SessionLight& light, std::size_t slice) {
  return light.slices[slice].photons_per_occupancy;
}

TEST(Light, nominal_shaft_gets_the_peak_photons) {
  EXPECT_NEAR(signal(light_of(steady()), 0) * cylinder_peak(gaussian_psf(0.45, 1.9), 0.8), 30,
              1e-6);
}

TEST(Light, median_session_is_of_nominal_brightness) {
  PhantomParameters parameters = steady();
  parameters.light.session_brightness_log_sd = 0.2f;
  parameters.design.session_days.assign(300, 1);
  double log_sum = 0;
  double log_square = 0;
  for (std::size_t session = 0; session < 300; ++session) {
    const double log_ratio =
        std::log(signal(light_of(parameters, session), 0) / signal(light_of(steady()), 0));
    log_sum += log_ratio;
    log_square += log_ratio * log_ratio;
  }

  EXPECT_NEAR(log_sum / 300, 0, 0.05);
  EXPECT_NEAR(std::sqrt(log_square / 300), 0.2, 0.03);
}

TEST(Light, signal_is_attenuated_with_depth) {
  PhantomParameters parameters = steady();
  parameters.light.attenuation_length_um = 180;

  const SessionLight light = light_of(parameters);

  EXPECT_NEAR(signal(light, 10) / signal(light, 0), std::exp(-20.0 / 180), 1e-9);
  EXPECT_EQ(light.slices[10].background_photons, light.slices[0].background_photons);
}

TEST(Light, attenuation_length_0_means_no_attenuation) {
  const SessionLight light = light_of(steady());

  EXPECT_EQ(signal(light, 10), signal(light, 0));
}

TEST(Light, bleaches_through_the_stack_and_over_sessions) {
  PhantomParameters parameters = steady();
  parameters.light.bleaching_stack_frac = 0.04f;
  parameters.light.bleaching_session_frac = 0.1f;
  const SessionLight first = light_of(parameters);
  const SessionLight third = light_of(parameters, 2);

  EXPECT_NEAR(signal(first, 10) / signal(first, 0), 0.96, 1e-6);
  EXPECT_NEAR(signal(first, 5) / signal(first, 0), 0.98, 1e-6);
  EXPECT_NEAR(signal(third, 0) / signal(first, 0), 0.81, 1e-6);
}

TEST(Light, sessions_after_the_treatment_day_may_be_brighter) {
  PhantomParameters parameters = steady();
  parameters.design.session_days = {-1, 0, 1};
  parameters.light.brightness_after_treatment = 3;

  EXPECT_NEAR(signal(light_of(parameters, 1), 0) / signal(light_of(parameters, 0), 0), 1, 1e-9);
  EXPECT_NEAR(signal(light_of(parameters, 2), 0) / signal(light_of(parameters, 0), 0), 3, 1e-6);
}

TEST(Light, dark_image_gets_the_background_and_nothing_below_a_tenth_of_it) {
  PhantomParameters parameters = steady();
  parameters.light.background_modulation = 0.6f;
  parameters.design.extent = {11, 5, 37};
  const SessionLight light = light_of(parameters);
  // A pixel to a node of the field's grid, so that nothing is interpolated.
  Volume<float> image(MemorySpace::host, {11, 5, 37}, {1, 10, 10});
  std::fill(image.voxels().begin(), image.voxels().end(), 0.0f);

  light_up(light, image.view());

  for (std::int64_t i = 0; i < image.voxels().size(); ++i) {
    const Position point = position_of(image.extent().voxel(i), image.spacing());
    const double expected = 2.5 * (1 + 0.6 * light.background.at(point));
    EXPECT_NEAR(image.voxels()[i], std::max(0.25, expected), 1e-4);
  }
}

TEST(Light, vessel_shades_signal_and_background) {
  SessionLight light = light_of(steady());
  light.background_modulation = 0;
  light.vessel =
      VesselShadow{.centre = {}, .across = {0, 0, 1}, .width_um = 10, .transmission = 0.5};
  Volume<float> image(MemorySpace::host, {11, 1, 31}, {1, 1, 1});
  std::fill(image.voxels().begin(), image.voxels().end(), 0.5f);

  light_up(light, image.view());

  const double clear = 0.5 * signal(light, 4) + 2.5;
  EXPECT_NEAR(image.view()(4, 0, 30), clear, 1e-4);
  EXPECT_NEAR(image.view()(4, 0, 0), 0.5 * clear, 1e-4);
  EXPECT_NEAR(light.signal_photons({4, 0, 0}, {1, 1, 1}), 0.5 * signal(light, 4), 1e-9);
}

TEST(Light, dropped_slice_holds_none) {
  std::vector<PhantomSliceMotion> motion(11);
  motion[3].dropped = true;
  const SessionLight light = draw_light(steady(), {}, 0, {}, gaussian_psf(0.45, 1.9), motion);
  Volume<float> image(MemorySpace::host, {11, 2, 3}, {1, 1, 1});
  std::fill(image.voxels().begin(), image.voxels().end(), 0.5f);

  light_up(light, image.view());

  EXPECT_EQ(image.view()(3, 1, 2), 0);
  EXPECT_GT(image.view()(2, 1, 2), 10);
}

TEST(Light, number_of_slices_must_fit) {
  Volume<float> image(MemorySpace::host, {3, 2, 3}, {1, 1, 1});

  EXPECT_THROW(light_up(light_of(steady()), image.view()), InvalidArgument);
}

}  // namespace
}  // namespace bramble
