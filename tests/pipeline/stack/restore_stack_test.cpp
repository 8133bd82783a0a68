#include "pipeline/stack/restore_stack.hpp"

#include "kernels/restore/gaussian_psf.hpp"
#include "pipeline/phantom/phantom_study.hpp"
#include "pipeline/stack/estimate_background.hpp"
#include "pipeline/stack/slice_motion.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

// The restore stage as a stack goes through it.
namespace bramble {
namespace {

constexpr float saturation_counts = 4095;

struct Stack {
  Volume<float> counts;
  NoiseModel noise;
  Volume<float> psf;
};

Stack stack_of(const PhantomParameters& parameters) {
  const PhantomStack made = phantom_stack(parameters, 0);
  Volume<float> counts(MemorySpace::host, made.counts.extent(), made.counts.spacing());
  std::ranges::copy(made.counts.voxels(), counts.voxels().begin());
  NoiseModel noise = estimate_noise(counts.view(), made.acquisition);
  return {.counts = std::move(counts),
          .noise = noise,
          .psf = gaussian_psf(made.acquisition.spacing, GaussianPsfParams{})};
}

PhantomParameters parameters_without_motion() {
  PhantomParameters parameters;
  parameters.design.extent = {16, 128, 128};
  parameters.light.peak_photons = 60;
  parameters.motion.shift_sd_xy_um = 0;
  parameters.motion.shift_sd_z_um = 0;
  parameters.motion.jump_frac = 0;
  return parameters;
}

struct Restored {
  Volume<float> photons;
  Restoration record;
};

Restored restored(const Stack& stack, VolumeView<const float> counts, int iterations) {
  Restored result{Volume<float>(MemorySpace::host, counts.extent, counts.spacing), {}};
  const Background background = estimate_background(cpu_exec, counts, stack.noise);
  result.record = RestoreStack().run(cpu_exec,
                                     {.counts = counts,
                                      .psf = stack.psf,
                                      .condition = "test",
                                      .iterations = iterations,
                                      .noise = stack.noise,
                                      .background = background.field(),
                                      .saturation_counts = saturation_counts},
                                     {}, result.photons.view());
  return result;
}

double total(VolumeView<const float> volume) {
  return std::accumulate(volume.data, volume.data + volume.extent.num_voxels(), 0.0);
}

TEST(RestoreStack, without_iterations_the_stack_comes_back_less_its_background_and_not_clipped) {
  const Stack stack = stack_of(parameters_without_motion());

  const Restored found = restored(stack, stack.counts.view(), 0);

  EXPECT_EQ(found.record.method, "none");
  for (std::int64_t i = 0; i < stack.counts.voxels().size(); ++i) {
    ASSERT_EQ(found.photons.voxels()[i], stack.counts.voxels()[i] - stack.noise.background_counts);
  }
  EXPECT_LT(std::ranges::min(found.photons.voxels()), 0);
}

TEST(RestoreStack, light_is_given_in_photons_whatever_the_gain) {
  PhantomParameters parameters = parameters_without_motion();
  const Stack stack = stack_of(parameters);
  Stack amplified = stack_of(parameters);
  for (float& value : amplified.counts.voxels()) {
    value = 50 + 3 * value;
  }
  amplified.noise.background_counts = 50 + 3 * stack.noise.background_counts;
  amplified.noise.offset_counts = 50 + 3 * stack.noise.offset_counts;
  amplified.noise.gain_counts = 3 * stack.noise.gain_counts;
  amplified.noise.read_variance_counts = 9 * stack.noise.read_variance_counts;

  const Restored first = restored(stack, stack.counts.view(), 8);
  const Restored second = restored(amplified, amplified.counts.view(), 8);

  EXPECT_NEAR(total(second.photons.view()) / total(first.photons.view()), 1, 0.01);
}

double distance(const Restored& found, const Restored& expected) {
  double square = 0;
  for (std::int64_t i = 0; i < found.photons.voxels().size(); ++i) {
    const float difference = found.photons.voxels()[i] - expected.photons.voxels()[i];
    square += static_cast<double>(difference * difference);
  }
  return std::sqrt(square);
}

TEST(RestoreStack, motion_taken_out_before_comes_nearer_to_the_still_stack) {
  PhantomParameters parameters = parameters_without_motion();
  const Stack still = stack_of(parameters);
  parameters.motion.jump_frac = 0.3f;
  parameters.motion.jump_sd_um = 0.8f;
  const Stack moved = stack_of(parameters);
  const SliceMotion motion = estimate_slice_motion(cpu_exec, moved.counts.view(),
                                                   moved.counts.view(), moved.noise.offset_counts);
  ASSERT_TRUE(motion.changes_stack());
  Volume<float> corrected(MemorySpace::host, moved.counts.extent(), moved.counts.spacing());
  correct_motion(cpu_exec, motion, moved.counts.view(), saturation_counts, corrected.view());

  const Restored expected = restored(still, still.counts.view(), 8);
  const Restored as_recorded = restored(moved, moved.counts.view(), 8);
  const Restored after_correction = restored(moved, corrected.view(), 8);

  EXPECT_LT(distance(after_correction, expected), 0.8 * distance(as_recorded, expected));
}

TEST(RestoreStack, right_model_leaves_residuals_without_correlation_and_a_wrong_offset_does_not) {
  Stack stack = stack_of(parameters_without_motion());

  const Restored right = restored(stack, stack.counts.view(), 12);
  stack.noise.offset_counts += 30;
  const Restored wrong = restored(stack, stack.counts.view(), 12);

  EXPECT_NEAR(right.record.residual_mean, 0, 0.1);
  EXPECT_NEAR(right.record.residual_variance, 1, 0.2);
  EXPECT_NEAR(right.record.residual_correlation, 0, 0.05);
  EXPECT_GT(
      std::abs(wrong.record.residual_mean) + std::abs(wrong.record.residual_variance - 1),
      2 * (std::abs(right.record.residual_mean) + std::abs(right.record.residual_variance - 1)));
}

}  // namespace
}  // namespace bramble
