#include "pipeline/stack/condition_trial.hpp"

#include "kernels/restore/gaussian_psf.hpp"
#include "pipeline/phantom/phantom_study.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace bramble {
namespace {

// A bright stack whose PSF along z is `fwhm_z_um` wide, without motion.
struct Stack {
  Volume<float> counts;
  NoiseModel noise;
};

Stack stack(float fwhm_z_um, float peak_photons, int saturation_counts = 65535) {
  PhantomParameters parameters;
  parameters.design.extent = {20, 128, 128};
  parameters.optics.psf_fwhm_z_um = fwhm_z_um;
  parameters.light.peak_photons = peak_photons;
  parameters.detector.saturation_counts = saturation_counts;
  parameters.motion.shift_sd_xy_um = 0;
  parameters.motion.shift_sd_z_um = 0;
  parameters.motion.jump_frac = 0;
  const PhantomStack made = phantom_stack(parameters, 0);
  Volume<float> counts(MemorySpace::host, made.counts.extent(), made.counts.spacing());
  std::ranges::copy(made.counts.voxels(), counts.voxels().begin());
  NoiseModel noise = estimate_noise(counts.view(), made.acquisition);
  return {.counts = std::move(counts), .noise = noise};
}

Volume<float> assumed_psf(PsfStretch stretch) {
  return gaussian_psf({1, 0.1f, 0.1f}, {.fwhm_xy_um = static_cast<float>(0.45 * stretch.xy),
                                        .fwhm_z_um = static_cast<float>(1.9 * stretch.z)});
}

TEST(TryIterations, brighter_stacks_bear_more_iterations) {
  const Stack dim = stack(1.9f, 20);
  const Stack bright = stack(1.9f, 300);

  const ConditionTrial of_dim =
      try_iterations(cpu_exec, dim.counts.view(), dim.noise, assumed_psf({}), {});
  const ConditionTrial of_bright =
      try_iterations(cpu_exec, bright.counts.view(), bright.noise, assumed_psf({}), {});

  EXPECT_EQ(of_dim.problem, "");
  EXPECT_GT(of_dim.iterations, 3);
  EXPECT_GT(of_bright.iterations, of_dim.iterations);
  EXPECT_LT(of_bright.iterations, 60);
  // Entries speak of the point that the next iteration starts from.
  const auto& curve = of_dim.held_out_log_likelihood;
  EXPECT_EQ(std::ranges::max_element(curve) - curve.begin() + 1, of_dim.iterations);
}

TEST(TryIterations, saturated_voxels_hardly_change_the_number) {
  const Stack whole = stack(1.9f, 300);
  const Stack clipped = stack(1.9f, 300, 4095);
  const auto iterations = [](const Stack& made, const ConditionTrialParams& params) {
    return try_iterations(cpu_exec, made.counts.view(), made.noise, assumed_psf({}), params)
        .iterations;
  };

  const int expected = iterations(whole, {});

  // Taken for what they say, they are a darkness that no model explains and every iteration fits.
  EXPECT_GT(iterations(clipped, {}), 1.5 * expected);
  EXPECT_NEAR(iterations(clipped, {.saturation_counts = 4095}), expected, 0.25 * expected);
}

TEST(TryWidths, tell_a_narrow_psf_from_a_wide_one) {
  const Stack narrow = stack(1.5f, 30);
  const Stack wide = stack(2.5f, 30);

  const ConditionTrial of_narrow =
      try_widths(cpu_exec, narrow.counts.view(), narrow.noise, assumed_psf, {});
  const ConditionTrial of_wide =
      try_widths(cpu_exec, wide.counts.view(), wide.noise, assumed_psf, {});

  EXPECT_NEAR(of_narrow.psf_stretch_z, 1.5 / 1.9, 0.12);
  EXPECT_NEAR(of_wide.psf_stretch_z, 2.5 / 1.9, 0.22);
}

TEST(TryIterations, stacks_that_cannot_tell_say_why) {
  Stack without_gain = stack(1.9f, 30);
  without_gain.noise.gain_counts = 0;
  Stack smoothed = stack(1.9f, 30);
  float before = 0;
  for (float& value : smoothed.counts.voxels()) {
    const float fresh = value;
    value = 0.5f * (value + before);
    before = fresh;
  }

  EXPECT_EQ(
      try_iterations(cpu_exec, without_gain.counts.view(), without_gain.noise, assumed_psf({}), {})
          .problem,
      "gain_unknown");
  EXPECT_EQ(try_widths(cpu_exec, smoothed.counts.view(), smoothed.noise, assumed_psf, {}).problem,
            "noise_correlated");
}

}  // namespace
}  // namespace bramble
