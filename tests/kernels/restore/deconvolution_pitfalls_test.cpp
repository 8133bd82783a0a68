#include "kernels/restore/deconvolution.hpp"
#include "kernels/restore/total_variation.hpp"
#include "tests/kernels/restore/deconvolution_cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

// What other programs for deconvolution got wrong, beyond what the other tests look at.
namespace bramble {
namespace {

constexpr auto plain = DeconvolutionMethod::richardson_lucy;
constexpr auto heavy_ball = DeconvolutionMethod::scaled_heavy_ball;
constexpr auto damped = DeconvolutionMethod::total_variation;
constexpr float floor_photons = 1e-3f;

TEST(DeconvolutionPitfalls, sums_keep_what_a_float_forgets) {
  // 2^24 and 999 times 1: a float sum that starts with the large one ends where it began, and the
  // mean is one too small.
  for (const Extent extent : {Extent{1000, 1, 1}, Extent{1, 1000, 1}, Extent{1, 1, 1000}}) {
    Volume<float> counts = constant(extent, 1);
    counts.voxels()[0] = 16777216;
    Deconvolver deconvolver(cpu_exec, extent, constant({1, 1, 1}, 1));

    const Restored found = restore_photons(deconvolver, counts, {.iterations = 0});

    EXPECT_NEAR(found.photons.voxels()[0], 16778.215, 0.005) << extent.z << " " << extent.y;
  }
}

// A random stack with everything that may be wrong with one.
Volume<float> spoilt_stack(Extent extent, std::mt19937& random) {
  Volume<float> counts = constant(extent, 0);
  std::uniform_real_distribution<float> uniform(0, 1);
  for (float& value : counts.voxels()) {
    const float kind = uniform(random);
    value = kind < 0.5f ? 0 : kind < 0.6f ? -30 : kind < 0.61f ? 60000 : 10 * uniform(random);
  }
  const int dead_plane = extent.z / 2;
  std::fill_n(&counts.view()(dead_plane, 0, 0), extent.y * extent.x, 0.0f);
  return counts;
}

TEST(DeconvolutionPitfalls, spoilt_stacks_of_any_size_give_finite_values) {
  std::mt19937 random(5);
  std::uniform_int_distribution<int> size(1, 13);
  for (int i = 0; i < 24; ++i) {
    const Extent extent{size(random), size(random), size(random)};
    SCOPED_TRACE(testing::Message() << extent.z << " x " << extent.y << " x " << extent.x);
    const Volume<float> counts = spoilt_stack(extent, random);
    const Volume<float> nothing = constant(extent, 0);
    const HeldOut held_out{nothing.view(), 0.1, 60};
    const DeconvolutionMethod method = i % 3 == 0 ? plain : i % 3 == 1 ? heavy_ball : damped;
    Deconvolver deconvolver(cpu_exec, extent, leaning_psf({5, 5, 7}, 1, 1.2, i % 2 == 0 ? 0 : 0.4));

    const Restored found = restore_photons(deconvolver, counts, {.method = method, .iterations = 9},
                                           {.saturation_counts = 60000}, {}, &held_out);

    for (const float value : found.photons.voxels()) {
      ASSERT_TRUE(std::isfinite(value) && value >= floor_photons) << value;
    }
    EXPECT_TRUE(std::isfinite(found.report.residual_mean));
    EXPECT_TRUE(std::isfinite(found.report.residual_variance));
    EXPECT_TRUE(std::isfinite(found.report.residual_correlation));
    EXPECT_TRUE(std::isfinite(found.report.held_out_log_likelihood.back()));
  }
}

TEST(DeconvolutionPitfalls, stack_that_is_saturated_throughout_stays_bright_and_has_no_residuals) {
  const Volume<float> counts = constant({4, 9, 9}, 255);
  Deconvolver deconvolver(cpu_exec, counts.extent(), leaning_psf({3, 5, 5}, 1, 1.2, 0));

  const Restored found =
      restore_photons(deconvolver, counts, {.iterations = 10}, {.saturation_counts = 255});

  for (const float value : found.photons.voxels()) {
    ASSERT_TRUE(std::isfinite(value) && value > 254.9f) << value;
  }
  EXPECT_EQ(found.report.residual_mean, 0);
  EXPECT_EQ(found.report.residual_variance, 0);
}

TEST(DeconvolutionPitfalls, edges_are_damped_by_their_distance_in_um) {
  // A step from 1 to 100 between two planes, along z with slices 1 um apart and along x with voxels
  // 0.15 um apart. The unit gradient stands on the lower side alone, so there the divergence is 1 /
  // distance, and on the upper side -1 / distance.
  Volume<float> along_z = constant({8, 3, 4}, 1);
  std::fill_n(&along_z.view()(4, 0, 0), 4 * 3 * 4, 100.0f);
  Volume<float> along_x = constant({3, 4, 8}, 1);
  for (std::int64_t i = 0; i < along_x.voxels().size(); ++i) {
    along_x.voxels()[i] = along_x.extent().voxel(i).x < 4 ? 1.0f : 100.0f;
  }
  Volume<float> damping_z = constant(along_z.extent(), 0);
  Volume<float> damping_x = constant(along_x.extent(), 0);

  total_variation_damping(cpu_exec, along_z.view(), damping_z.view(), {.weight = 0.02f});
  total_variation_damping(cpu_exec, along_x.view(), damping_x.view(), {.weight = 0.02f});

  EXPECT_NEAR(damping_x.view()(1, 1, 3), 1 - 0.02, 1e-5);
  EXPECT_NEAR(damping_x.view()(1, 1, 4), 1 + 0.02, 1e-5);
  EXPECT_NEAR(damping_z.view()(3, 1, 1), 1 - 0.02 * 0.15, 1e-5);
  EXPECT_NEAR(damping_z.view()(4, 1, 1), 1 + 0.02 * 0.15, 1e-5);
}

TEST(DeconvolutionPitfalls, brightness_is_never_rescaled) {
  // Two stacks of one batch whose brightest voxels differ: what they share comes back alike.
  const Volume<float> psf = leaning_psf({5, 7, 7}, 1.0, 1.5, 0);
  Volume<float> object = constant({7, 24, 60}, 0);
  object.view()(3, 12, 10) = 900;
  const Volume<float> alone = convolved(object, psf);
  object.view()(3, 12, 48) = 30000;
  const Volume<float> with_bright_one = convolved(object, psf);
  Deconvolver deconvolver(cpu_exec, object.extent(), psf);

  const Restored first = restore_photons(deconvolver, alone, {.iterations = 20});
  const Restored second = restore_photons(deconvolver, with_bright_one, {.iterations = 20});

  EXPECT_NEAR(first.photons.view()(3, 12, 10) / second.photons.view()(3, 12, 10), 1, 0.05);
}

}  // namespace
}  // namespace bramble
