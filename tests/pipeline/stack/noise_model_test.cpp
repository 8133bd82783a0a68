#include "pipeline/stack/noise_model.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/phantom/phantom_study.hpp"
#include "pipeline/stack/robust_level.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace bramble {
namespace {

// A slow ramp of light from 2 to 60 photons, `gain` counts each, on `offset`, with read noise.
Volume<float> photon_ramp(float gain, float offset, float read_noise) {
  Volume<float> counts(MemorySpace::host, {8, 200, 200}, {1, 0.1f, 0.1f});
  std::mt19937 generator(7);
  std::normal_distribution<float> normal(0, read_noise);
  for (std::int64_t i = 0; i < counts.voxels().size(); ++i) {
    const Voxel v = counts.extent().voxel(i);
    const double level = v.y < 180 ? 2 : 2 + 58.0 * (v.y - 180) / 20;
    std::poisson_distribution<int> poisson(level);
    counts.voxels()[i] = gain * static_cast<float>(poisson(generator)) + offset + normal(generator);
  }
  return counts;
}

TEST(NoiseModel, recovers_gain_and_read_noise_of_simulated_photons) {
  const Volume<float> counts = photon_ramp(20, 100, 8);

  const NoiseModel model = estimate_noise(counts.view(), {.offset_counts = 100.0f});

  EXPECT_NEAR(model.gain_counts, 20, 2.0);
  EXPECT_NEAR(model.background_counts, 140, 10);
  EXPECT_NEAR(model.noise_counts(500), std::sqrt(20 * 400 + 64), 8);
}

// The default detector: 20 counts a photon x an excess noise factor of 1.25, read noise 8, offset
// 100.
Volume<float> phantom_counts(float peak_photons) {
  PhantomParameters parameters;
  parameters.seed = 5;
  parameters.design.extent = {12, 320, 320};
  parameters.light.peak_photons = peak_photons;
  const PhantomStack stack = phantom_stack(parameters, 0);
  Volume<float> counts(MemorySpace::host, stack.counts.extent(), stack.counts.spacing());
  std::copy(stack.counts.voxels().begin(), stack.counts.voxels().end(), counts.voxels().begin());
  return counts;
}

void expect_default_detector(float peak_photons) {
  const Volume<float> counts = phantom_counts(peak_photons);

  const NoiseModel known = estimate_noise(counts.view(), {.offset_counts = 100.0f});
  const NoiseModel unknown = estimate_noise(counts.view(), {});

  EXPECT_NEAR(known.gain_counts, 25, 1.5);
  const float light = known.background_counts - 100;
  EXPECT_NEAR(known.noise_counts(known.background_counts) / std::sqrt(25 * light + 64), 1, 0.03);
  // Read noise looks like less offset: 64 counts^2 of it like 64 / 25 counts.
  EXPECT_NEAR(unknown.offset_counts, 97.4, 7);
  EXPECT_NEAR(unknown.gain_counts, 25, 1.5);
}

TEST(NoiseModel, finds_the_detector_of_a_phantom_in_low_light) { expect_default_detector(12); }

TEST(NoiseModel, finds_the_detector_of_a_phantom_in_usual_light) { expect_default_detector(30); }

TEST(NoiseModel, finds_the_detector_of_a_phantom_in_bright_light) { expect_default_detector(90); }

TEST(NoiseModel, what_the_acquisition_says_is_kept) {
  const Volume<float> counts = photon_ramp(20, 100, 8);

  const NoiseModel model = estimate_noise(
      counts.view(), {.offset_counts = 90.0f, .gain_counts = 31.0f, .read_noise_counts = 5.0f});

  EXPECT_EQ(model.offset_counts, 90);
  EXPECT_EQ(model.gain_counts, 31);
  EXPECT_EQ(model.read_variance_counts, 25);
}

// A symptom of real stacks: neighbours along x share their noise, and a filter of next neighbours
// sees a fraction of it.
TEST(NoiseModel, noise_that_neighbours_share_is_seen_in_full) {
  const Volume<float> white = photon_ramp(20, 100, 8);
  Volume<float> counts(MemorySpace::host, white.extent(), white.spacing());
  for (std::int64_t i = 0; i < counts.voxels().size(); ++i) {
    const Voxel v = counts.extent().voxel(i);
    const int left = std::max(0, v.x - 1);
    // The same variance as before.
    counts.voxels()[i] =
        140 + (white.view()(v) + white.view()(v.z, v.y, left) - 280) / std::sqrt(2.0f);
  }

  const NoiseModel model = estimate_noise(std::as_const(counts).view(), {.offset_counts = 100.0f});

  EXPECT_NEAR(model.noise_counts(140) / std::sqrt(20.0 * 40 + 64), 1, 0.1);
}

TEST(NoiseModel, counts_saturated_voxels) {
  Volume<float> counts = photon_ramp(20, 100, 8);
  for (std::int64_t i = 0; i < 3200; ++i) {
    counts.voxels()[i] = 4095;
  }

  const NoiseModel model = estimate_noise(counts.view(), {.saturation_value = 4095.0f});

  EXPECT_FLOAT_EQ(model.saturation_frac, 0.01f);
}

TEST(NoiseModel, constant_or_not_finite_stack_is_refused) {
  Volume<float> constant(MemorySpace::host, {2, 10, 10}, {1, 1, 1});
  std::fill(constant.voxels().begin(), constant.voxels().end(), 3.0f);
  Volume<float> broken = photon_ramp(20, 100, 8);
  broken.voxels()[17] = std::numeric_limits<float>::quiet_NaN();

  EXPECT_THROW(estimate_noise(std::as_const(constant).view(), {}), DataError);
  EXPECT_THROW(estimate_noise(std::as_const(broken).view(), {}), DataError);
}

TEST(NoiseModel, tiny_stack_does_not_crash) {
  Volume<float> tiny(MemorySpace::host, {1, 2, 2}, {1, 1, 1});
  tiny.voxels()[0] = 1;
  tiny.voxels()[1] = tiny.voxels()[2] = tiny.voxels()[3] = 2;

  EXPECT_GT(estimate_noise(std::as_const(tiny).view(), {}).noise_counts(2), 0);
}

TEST(RobustLevel, bright_tenth_does_not_move_it) {
  Volume<float> values(MemorySpace::host, {1, 100, 100}, {1, 1, 1});
  std::mt19937 generator(3);
  std::normal_distribution<float> normal(50, 4);
  for (std::int64_t i = 0; i < values.voxels().size(); ++i) {
    values.voxels()[i] = i % 10 == 0 ? 1000 : normal(generator);
  }

  const RobustLevel level = robust_level(std::as_const(values).view());

  EXPECT_NEAR(level.median, 50, 1);
  EXPECT_NEAR(level.sigma, 4, 0.6);
}

}  // namespace
}  // namespace bramble
