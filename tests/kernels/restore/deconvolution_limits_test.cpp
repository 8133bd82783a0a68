#include "kernels/restore/deconvolution.hpp"
#include "tests/kernels/restore/deconvolution_cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

// Data at the limits: nothing, too much, too small a stack, too large a one.
namespace bramble {
namespace {

constexpr auto plain = DeconvolutionMethod::richardson_lucy;
constexpr auto heavy_ball = DeconvolutionMethod::scaled_heavy_ball;
constexpr auto damped = DeconvolutionMethod::total_variation;
constexpr float floor_photons = 1e-3f;

TEST(Deconvolver, zeros_negative_counts_and_dead_planes_give_finite_values_above_the_floor) {
  for (const double lean : {0.0, 0.4}) {
    const Volume<float> psf = leaning_psf({7, 7, 7}, 1.5, 1.5, lean);
    Volume<float> counts = poisson(blurred_beads(psf), 2);
    for (std::int64_t i = 0; i < counts.voxels().size(); i += 3) {
      counts.voxels()[i] = -40;
    }
    std::fill_n(&counts.view()(4, 0, 0), 22 * 27, 0.0f);
    const Volume<float> empty = constant(counts.extent(), 0);
    Deconvolver deconvolver(cpu_exec, counts.extent(), psf);

    for (const DeconvolutionMethod method : {plain, heavy_ball, damped}) {
      const DeconvolutionParams params{.method = method, .iterations = 12};
      const Restored noisy = restore_photons(deconvolver, counts, params);
      const Restored nothing = restore_photons(deconvolver, empty, params);

      for (const float value : noisy.photons.voxels()) {
        ASSERT_TRUE(std::isfinite(value) && value >= floor_photons);
      }
      EXPECT_TRUE(std::isfinite(noisy.report.residual_variance));
      EXPECT_LE(*std::max_element(nothing.photons.voxels().begin(), nothing.photons.voxels().end()),
                2 * floor_photons);
      EXPECT_GT(nothing.report.floor_frac, 0.9);
    }
  }
}

TEST(Deconvolver, odd_and_single_sizes_come_back_in_their_shape) {
  const Extent extents[] = {{1, 17, 23}, {1, 1, 1}, {2, 1, 31}, {13, 11, 7}};
  for (const Extent extent : extents) {
    for (const double lean : {0.0, 0.4}) {
      const Volume<float> psf = leaning_psf({5, 7, 9}, 1.0, 1.5, lean);
      Deconvolver deconvolver(cpu_exec, extent, psf);

      const Restored found = restore_photons(deconvolver, constant(extent, 7), {.iterations = 3});

      ASSERT_EQ(found.photons.extent(), extent);
      for (const float value : found.photons.voxels()) {
        ASSERT_NEAR(value, 7.0f, 1e-3f);
      }
    }
  }
}

TEST(Deconvolver, model_rises_above_the_saturation_and_wide_saturated_regions_stay_filled) {
  const Volume<float> psf = leaning_psf({5, 9, 9}, 1.0, 1.8, 0);
  Volume<float> object = constant({7, 40, 40}, 0);
  object.view()(3, 8, 8) = 4000;
  for (int y = 20; y < 36; ++y) {
    std::fill_n(&object.view()(3, y, 20), 16, 60.0f);
  }
  Volume<float> image = convolved(object, psf);
  const float peak = image.view()(3, 8, 8);
  ASSERT_GT(peak, 40);
  for (float& value : image.voxels()) {
    value = std::min(value, 15.0f);
  }
  Deconvolver deconvolver(cpu_exec, image.extent(), psf);
  const DeconvolutionParams params{.iterations = 30};

  const Restored found = restore_photons(deconvolver, image, params, {.saturation_counts = 15});
  const Restored believed = restore_photons(deconvolver, image, params);

  const float with_mark = convolved(found.photons, psf).view()(3, 8, 8);
  EXPECT_GT(with_mark, 1.3f * 15);
  EXPECT_GT(with_mark, 1.05f * convolved(believed.photons, psf).view()(3, 8, 8));
  EXPECT_GT(convolved(found.photons, psf).view()(3, 28, 28), 15 * 0.9f);
}

TEST(Deconvolver, counts_of_16_bits_give_the_bits_of_the_same_counts_in_float) {
  for (const double lean : {0.0, 0.4}) {
    const Volume<float> psf = leaning_psf({5, 7, 7}, 1.2, 1.5, lean);
    const Volume<float> photons = poisson(blurred_beads(psf), 5);
    Volume<float> counts = constant(photons.extent(), 0);
    Volume<std::uint16_t> counts_16(MemorySpace::host, photons.extent(), photons.spacing());
    for (std::int64_t i = 0; i < counts.voxels().size(); ++i) {
      counts_16.voxels()[i] = static_cast<std::uint16_t>(100 + 1000 * photons.voxels()[i]);
      counts.voxels()[i] = static_cast<float>(counts_16.voxels()[i]);
    }
    ASSERT_GT(*std::max_element(counts.voxels().begin(), counts.voxels().end()), 32768);
    const HeldOut held_out{.photons = photons.view(), .ratio = 0.1, .patience = 9};
    const PhotonScale scale{.offset_counts = 101.5f,
                            .gain_counts = 30,
                            .read_variance_photons = 0.2f,
                            .saturation_counts = 40000};
    Deconvolver deconvolver(cpu_exec, counts.extent(), psf);

    const Restored expected =
        restore_photons(deconvolver, counts, {.iterations = 5}, scale, {}, &held_out);
    Volume<float> found = constant(counts.extent(), 0);
    const DeconvolutionReport report =
        deconvolver.restore(cpu_exec, std::as_const(counts_16).view(), scale, {}, found.view(),
                            {.iterations = 5}, &held_out);

    EXPECT_TRUE(std::equal(found.voxels().begin(), found.voxels().end(),
                           expected.photons.voxels().begin()));
    EXPECT_EQ(report.held_out_log_likelihood, expected.report.held_out_log_likelihood);
    EXPECT_EQ(report.residual_variance, expected.report.residual_variance);
  }
}

TEST(Deconvolver, tiles_show_no_seams) {
  for (const double lean : {0.0, 0.3}) {
    const Volume<float> psf = leaning_psf({5, 7, 7}, 1.0, 1.2, lean);
    Volume<float> object = threads({9, 40, 120});
    for (float& value : object.voxels()) {
      value = 2 + 300 * value;
    }
    const Volume<float> image = convolved(object, psf);
    Deconvolver whole(cpu_exec, image.extent(), psf);
    Deconvolver tiled(cpu_exec, image.extent(), psf, Extent{9, 40, 60});
    ASSERT_LT(tiled.padded_extent().x, whole.padded_extent().x);

    const Restored expected = restore_photons(whole, image, {.iterations = 20});
    const Restored found = restore_photons(tiled, image, {.iterations = 20});

    for (std::int64_t i = 0; i < image.voxels().size(); ++i) {
      const float value = expected.photons.voxels()[i];
      const float local = std::max(value, image.voxels()[i]);
      ASSERT_NEAR(found.photons.voxels()[i], value, 0.01f * local) << lean << " at " << i;
    }
    EXPECT_NEAR(found.report.residual_variance, expected.report.residual_variance, 0.01);
  }
}

}  // namespace
}  // namespace bramble
