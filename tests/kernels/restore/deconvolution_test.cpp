#include "kernels/restore/deconvolution.hpp"

#include "tests/kernels/execs.hpp"
#include "tests/kernels/restore/deconvolution_cases.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace bramble {
namespace {

constexpr auto plain = DeconvolutionMethod::richardson_lucy;
constexpr auto heavy_ball = DeconvolutionMethod::scaled_heavy_ball;
constexpr auto damped = DeconvolutionMethod::total_variation;
constexpr float floor_photons = 1e-3f;

TEST(Deconvolver, only_a_product_of_three_factors_is_separable) {
  const Extent image{8, 8, 8};

  EXPECT_TRUE(Deconvolver(cpu_exec, image, leaning_psf({5, 7, 7}, 1, 1.5, 0)).separable());
  EXPECT_TRUE(Deconvolver(cpu_exec, image, lopsided_psf()).separable());
  EXPECT_FALSE(Deconvolver(cpu_exec, image, leaning_psf({5, 7, 7}, 1, 1.5, 0.01)).separable());
}

TEST(Deconvolver, zero_iterations_give_the_mean_less_the_background) {
  const Volume<float> psf = lopsided_psf();
  const Volume<float> counts = constant({3, 9, 7}, 130);
  const Volume<float> node = constant({1, 1, 1}, 2);
  Deconvolver deconvolver(cpu_exec, counts.extent(), psf);

  const Restored found =
      restore_photons(deconvolver, counts, {.iterations = 0},
                      {.offset_counts = 100, .gain_counts = 5}, {node.view(), 1, 1});

  for (const float value : found.photons.voxels()) {
    ASSERT_FLOAT_EQ(value, 4.0f);
  }
}

TEST(Deconvolver, constant_image_gives_itself_less_the_background_up_to_the_border) {
  for (const double lean : {0.0, 0.4}) {
    const Volume<float> psf = leaning_psf({7, 9, 9}, 1.5, 1.8, lean);
    const Volume<float> counts = constant({6, 19, 23}, 112);
    const Volume<float> node = constant({1, 1, 1}, 2);
    Deconvolver deconvolver(cpu_exec, counts.extent(), psf);

    const Restored found = restore_photons(
        deconvolver, counts, {.iterations = 8},
        {.offset_counts = 100, .gain_counts = 1, .read_variance_photons = 3}, {node.view(), 1, 1});

    for (const float value : found.photons.voxels()) {
      ASSERT_NEAR(value, 10.0f, 1e-3f) << lean;
    }
  }
}

TEST(Deconvolver, beads_get_sharper_and_keep_flux_and_place_with_an_asymmetric_psf) {
  const Volume<float> psf = leaning_psf({7, 9, 11}, 1.2, 1.5, 0.6);
  const Volume<float> image = blurred_beads(psf);
  Deconvolver deconvolver(cpu_exec, image.extent(), psf);

  const Restored found = restore_photons(deconvolver, image, {.iterations = 25});

  EXPECT_NEAR(total(found.photons), 3200, 32);
  const auto view = found.photons.view();
  EXPECT_GT(view(5, 12, 18), 4 * image.view()(5, 12, 18));
  double mass = 0;
  double moment_z = 0;
  double moment_x = 0;
  for (int z = 3; z <= 7; ++z) {
    for (int y = 10; y <= 14; ++y) {
      for (int x = 16; x <= 20; ++x) {
        mass += view(z, y, x);
        moment_z += view(z, y, x) * (z - 5.0);
        moment_x += view(z, y, x) * (x - 18.0);
      }
    }
  }
  EXPECT_NEAR(moment_z / mass, 0, 0.05);
  EXPECT_NEAR(moment_x / mass, 0, 0.05);
}

TEST(Deconvolver, ten_times_the_light_gives_ten_times_the_result) {
  const Volume<float> psf = leaning_psf({5, 7, 7}, 1.0, 1.5, 0);
  const Volume<float> image = blurred_beads(psf);
  Volume<float> bright = blurred_beads(psf);
  for (float& value : bright.voxels()) {
    value *= 10;
  }
  Deconvolver deconvolver(cpu_exec, image.extent(), psf);

  const Restored once = restore_photons(deconvolver, image, {.iterations = 15});
  Restored tenfold = restore_photons(deconvolver, bright, {.iterations = 15});
  for (float& value : tenfold.photons.voxels()) {
    value /= 10;
  }

  EXPECT_LT(relative_distance(tenfold.photons, once.photons), 1e-2);
}

TEST(Deconvolver, plain_richardson_lucy_stays_at_an_object_that_explains_the_data) {
  // A single voxel of PSF: the fixed point is the data, reached in one step.
  const Volume<float> psf = constant({1, 1, 1}, 1);
  const Volume<float> photons = poisson(constant({4, 6, 9}, 7), 11);
  Deconvolver deconvolver(cpu_exec, photons.extent(), psf);

  const Restored found = restore_photons(deconvolver, photons, {.method = plain, .iterations = 1});

  for (std::int64_t i = 0; i < photons.voxels().size(); ++i) {
    ASSERT_NEAR(found.photons.voxels()[i], std::max(photons.voxels()[i], floor_photons), 1e-4f);
  }
  EXPECT_NEAR(found.report.residual_variance, 0, 1e-4);
}

TEST(Deconvolver, offset_and_gain_are_undone) {
  const Volume<float> psf = leaning_psf({5, 7, 7}, 1.0, 1.5, 0.2);
  const Volume<float> photons = poisson(blurred_beads(psf), 8);
  Volume<float> counts = poisson(blurred_beads(psf), 8);
  for (float& value : counts.voxels()) {
    value = 100 + 30 * value;
  }
  Deconvolver deconvolver(cpu_exec, photons.extent(), psf);

  const Restored expected = restore_photons(deconvolver, photons, {.iterations = 8});
  const Restored found = restore_photons(deconvolver, counts, {.iterations = 8},
                                         {.offset_counts = 100, .gain_counts = 30});

  EXPECT_LT(relative_distance(found.photons, expected.photons), 1e-4);
}

TEST(Deconvolver, background_field_leaves_nothing_of_an_image_that_is_all_background) {
  const Volume<float> psf = leaning_psf({5, 7, 7}, 1.0, 1.5, 0);
  Volume<float> nodes(MemorySpace::host, {9, 2, 3}, case_spacing);
  for (std::int64_t i = 0; i < nodes.voxels().size(); ++i) {
    nodes.voxels()[i] = static_cast<float>(10 + (i * 7) % 23);
  }
  const BackgroundField background{std::as_const(nodes).view(), 15, 9};
  Volume<float> image = constant({9, 22, 27}, 0);
  for (std::int64_t i = 0; i < image.voxels().size(); ++i) {
    image.voxels()[i] = background.at(image.extent().voxel(i));
  }
  Deconvolver deconvolver(cpu_exec, image.extent(), psf);

  const Restored found = restore_photons(deconvolver, image, {.iterations = 5}, {}, background);

  EXPECT_LE(*std::max_element(found.photons.voxels().begin(), found.photons.voxels().end()),
            2 * floor_photons);
  EXPECT_LT(found.report.residual_variance, 1e-5);
}

TEST(Deconvolver, residuals_of_a_right_model_have_unit_variance_and_no_correlation) {
  const Volume<float> psf = leaning_psf({5, 7, 7}, 1.0, 1.5, 0);
  const Volume<float> photons = poisson(constant({12, 40, 41}, 25), 21);
  Deconvolver deconvolver(cpu_exec, photons.extent(), psf);

  const Restored found = restore_photons(deconvolver, photons, {.iterations = 0});

  EXPECT_NEAR(found.report.residual_mean, 0, 1e-4);
  EXPECT_NEAR(found.report.residual_variance, 1, 0.03);
  EXPECT_NEAR(found.report.residual_correlation, 0, 0.03);
  EXPECT_EQ(found.report.iterations, 0);
}

TEST(Deconvolver, total_variation_smooths_noise) {
  const Volume<float> psf = leaning_psf({5, 7, 7}, 1.0, 1.5, 0);
  const Volume<float> photons = poisson(constant({8, 30, 30}, 10), 4);
  Deconvolver deconvolver(cpu_exec, photons.extent(), psf);
  const auto roughness = [&](const DeconvolutionParams& params) {
    const Restored found = restore_photons(deconvolver, photons, params);
    return relative_distance(found.photons, constant(photons.extent(), 10));
  };

  const double without = roughness({.method = heavy_ball, .iterations = 30});
  const double with =
      roughness({.method = damped, .iterations = 30, .total_variation_weight = 0.02f});

  EXPECT_LT(with, 0.8 * without);
}

TEST(Deconvolver, same_bits_for_any_number_of_threads_and_in_a_second_run) {
  const int threads_before = omp_get_max_threads();
  for (const double lean : {0.0, 0.4}) {
    const Volume<float> psf = leaning_psf({7, 9, 9}, 1.5, 1.8, lean);
    const Volume<float> photons = poisson(blurred_beads(psf), 6);
    const HeldOut held_out{photons.view(), 0.1, 60};
    const DeconvolutionParams params{.method = damped, .iterations = 6};
    Deconvolver deconvolver(cpu_exec, photons.extent(), psf);

    omp_set_num_threads(1);
    const Restored one = restore_photons(deconvolver, photons, params, {}, {}, &held_out);
    omp_set_num_threads(3);
    const Restored three = restore_photons(deconvolver, photons, params, {}, {}, &held_out);
    omp_set_num_threads(threads_before);

    EXPECT_TRUE(std::equal(one.photons.voxels().begin(), one.photons.voxels().end(),
                           three.photons.voxels().begin()));
    EXPECT_EQ(one.report.held_out_log_likelihood, three.report.held_out_log_likelihood);
    EXPECT_EQ(one.report.residual_correlation, three.report.residual_correlation);
  }
}

TEST(Deconvolver, wrong_arguments_are_refused) {
  const Extent image{8, 8, 8};
  const Volume<float> psf = leaning_psf({3, 5, 5}, 1, 1, 0);
  Deconvolver deconvolver(cpu_exec, image, psf);
  const Volume<float> counts = constant(image, 1);
  const Volume<float> other = constant({8, 8, 9}, 1);
  const HeldOut wrong_extent{other.view(), 0.1, 3};

  EXPECT_THROW(Deconvolver(cpu_exec, image, constant({3, 4, 3}, 1.0f / 36)), InvalidArgument);
  EXPECT_THROW(Deconvolver(cpu_exec, image, constant({3, 3, 3}, 1)), InvalidArgument);
  EXPECT_THROW(Deconvolver(cpu_exec, {0, 8, 8}, psf), InvalidArgument);
  EXPECT_THROW(Deconvolver(cpu_exec, {8, 8, 80}, psf, Extent{8, 8, 12}), InvalidArgument);
  EXPECT_THROW(restore_photons(deconvolver, other, {}), InvalidArgument);
  EXPECT_THROW(restore_photons(deconvolver, counts, {.iterations = -1}), InvalidArgument);
  EXPECT_THROW(restore_photons(deconvolver, counts, {}, {.gain_counts = 0}), InvalidArgument);
  EXPECT_THROW(restore_photons(deconvolver, counts, {}, {}, {}, &wrong_extent), InvalidArgument);
}

TEST(Deconvolver, gpu_agrees_with_cpu) {
  BRAMBLE_CUDA_EXEC_OR_SKIP(gpu);
  for (const double lean : {0.0, 0.4}) {
    const Volume<float> psf = leaning_psf({7, 9, 9}, 1.5, 1.8, lean);
    const Volume<float> photons = poisson(blurred_beads(psf), 6);
    Volume<float> on_gpu(MemorySpace::device);
    copy(gpu, photons, on_gpu);
    Volume<float> result(MemorySpace::device, photons.extent(), case_spacing);
    const HeldOut on_cpu{photons.view(), 0.1, 60};
    const HeldOut held_out{std::as_const(on_gpu).view(), 0.1, 60};
    const DeconvolutionParams params{.method = damped, .iterations = 10};
    Deconvolver on_host(cpu_exec, photons.extent(), psf);
    Deconvolver on_device(gpu, photons.extent(), psf);

    const Restored expected = restore_photons(on_host, photons, params, {}, {}, &on_cpu);
    const DeconvolutionReport report = on_device.restore(gpu, std::as_const(on_gpu).view(), {}, {},
                                                         result.view(), params, &held_out);
    Volume<float> found;
    copy(gpu, result, found);

    EXPECT_LT(relative_distance(found, expected.photons), 1e-4);
    EXPECT_NEAR(report.residual_variance, expected.report.residual_variance, 1e-3);
    EXPECT_NEAR(report.held_out_log_likelihood.back(),
                expected.report.held_out_log_likelihood.back(),
                1e-4 * std::abs(expected.report.held_out_log_likelihood.back()));
  }
}

}  // namespace
}  // namespace bramble
