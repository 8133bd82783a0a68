#include "kernels/restore/richardson_lucy.hpp"

#include "kernels/core/gaussian.hpp"
#include "kernels/restore/gaussian_psf.hpp"
#include "tests/kernels/execs.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <cmath>
#include <limits>
#include <numeric>

namespace bramble {
namespace {

constexpr Spacing spacing{1.0f, 0.15f, 0.15f};
constexpr GaussianPsfParams psf_params{.fwhm_xy_um = 0.45f, .fwhm_z_um = 1.9f};
constexpr float sigma_per_fwhm = 1 / 2.35482f;
constexpr float unsaturated = std::numeric_limits<float>::infinity();

Volume<float> restored(const Exec& exec, const Volume<float>& image,
                       const RichardsonLucyParams& params) {
  RichardsonLucy algorithm(exec, image.extent(), gaussian_psf(spacing, psf_params));
  Volume<float> in(exec.space());
  copy(exec, image, in);
  Volume<float> out(exec.space(), image.extent(), spacing);
  algorithm.restore(exec, std::as_const(in).view(), out.view(), params);
  Volume<float> result;
  copy(exec, out, result);
  return result;
}

double total(const Volume<float>& volume) {
  return std::accumulate(volume.voxels().begin(), volume.voxels().end(), 0.0);
}

Volume<float> blurred(const Volume<float>& object) {
  Volume<float> scratch(MemorySpace::host, object.extent(), spacing);
  Volume<float> image(MemorySpace::host, object.extent(), spacing);
  const float sigma_xy_um = psf_params.fwhm_xy_um * sigma_per_fwhm;
  smooth_gaussian(cpu_exec, object.view(), scratch.view(), image.view(),
                  {psf_params.fwhm_z_um * sigma_per_fwhm, sigma_xy_um, sigma_xy_um});
  return image;
}

// Two beads on a background of 2 counts, blurred with the PSF.
Volume<float> blurred_beads() {
  Volume<float> object(MemorySpace::host, {15, 40, 45}, spacing);
  std::fill(object.voxels().begin(), object.voxels().end(), 0.0f);
  object.view()(7, 20, 15) = 4000;
  object.view()(7, 20, 30) = 8000;
  Volume<float> image = blurred(object);
  for (float& value : image.voxels()) {
    value += 2;
  }
  return image;
}

TEST(RichardsonLucy, constant_image_gives_itself_less_the_background) {
  Volume<float> image(MemorySpace::host, {21, 40, 45}, spacing);
  std::fill(image.voxels().begin(), image.voxels().end(), 12.0f);

  const Volume<float> result = restored(
      cpu_exec, image, {.iterations = 5, .background_counts = 2, .saturation_counts = unsaturated});

  EXPECT_NEAR(result.view()(10, 20, 22), 10.0f, 0.05f);
  for (const float value : result.voxels()) {
    // At the border the part of the object that lies outside is known less well.
    ASSERT_NEAR(value, 10.0f, 0.6f);
  }
}

TEST(RichardsonLucy, zero_iterations_give_the_flat_start) {
  const Volume<float> image = blurred_beads();

  const Volume<float> result = restored(
      cpu_exec, image, {.iterations = 0, .background_counts = 2, .saturation_counts = unsaturated});

  const double mean = total(image) / static_cast<double>(image.voxels().size()) - 2;
  for (const float value : result.voxels()) {
    ASSERT_NEAR(value, mean, 1e-4);
  }
}

TEST(RichardsonLucy, beads_get_sharper_and_keep_flux_and_place) {
  const Volume<float> image = blurred_beads();

  const Volume<float> result =
      restored(cpu_exec, image,
               {.iterations = 20, .background_counts = 2, .saturation_counts = unsaturated});

  // Two per cent: the floor of every voxel, and what is left of the flat start.
  EXPECT_NEAR(total(result), 12000, 240);
  const auto view = result.view();
  EXPECT_GT(view(7, 20, 15), 3 * (image.view()(7, 20, 15) - 2));
  EXPECT_GT(view(7, 20, 15), view(7, 20, 16));
  EXPECT_GT(view(7, 20, 15), view(7, 19, 15));
  EXPECT_NEAR(view(7, 20, 16) / view(7, 20, 14), 1.0f, 0.05f);
  EXPECT_NEAR(view(8, 20, 15) / view(6, 20, 15), 1.0f, 0.05f);
  EXPECT_NEAR(view(7, 20, 30) / view(7, 20, 15), 2.0f, 0.3f);
}

TEST(RichardsonLucy, result_is_never_negative_and_finite_where_the_image_is_below_background) {
  Volume<float> image = blurred_beads();
  for (std::int64_t i = 0; i < image.voxels().size(); i += 3) {
    image.voxels()[i] = -1;
  }

  const Volume<float> result =
      restored(cpu_exec, image,
               {.iterations = 10, .background_counts = 2, .saturation_counts = unsaturated});

  for (const float value : result.voxels()) {
    ASSERT_TRUE(std::isfinite(value) && value >= 0);
  }
}

TEST(RichardsonLucy, masked_model_rises_above_the_saturation) {
  const Volume<float> image = blurred_beads();
  const float peak = image.view()(7, 20, 30);
  Volume<float> clipped = blurred_beads();
  for (float& value : clipped.voxels()) {
    value = std::min(value, 0.5f * peak);
  }

  const RichardsonLucyParams believed{
      .iterations = 15, .background_counts = 2, .saturation_counts = unsaturated};
  const RichardsonLucyParams masked{
      .iterations = 15, .background_counts = 2, .saturation_counts = 0.5f * peak};

  const float with_mask = blurred(restored(cpu_exec, clipped, masked)).view()(7, 20, 30);
  const float without_mask = blurred(restored(cpu_exec, clipped, believed)).view()(7, 20, 30);

  EXPECT_GT(with_mask, 1.2f * (0.5f * peak - 2));
  EXPECT_GT(with_mask, 1.05f * without_mask);
}

TEST(RichardsonLucy, stack_thinner_than_the_psf_comes_back_in_its_shape) {
  Volume<float> image(MemorySpace::host, {1, 17, 23}, spacing);
  std::fill(image.voxels().begin(), image.voxels().end(), 7.0f);

  const Volume<float> result =
      restored(cpu_exec, image, {.iterations = 3, .saturation_counts = unsaturated});

  EXPECT_EQ(result.extent(), image.extent());
  for (const float value : result.voxels()) {
    ASSERT_TRUE(std::isfinite(value));
  }
}

TEST(RichardsonLucy, second_run_of_one_object_gives_the_same) {
  const Volume<float> image = blurred_beads();
  RichardsonLucy algorithm(cpu_exec, image.extent(), gaussian_psf(spacing, psf_params));
  Volume<float> first(MemorySpace::host, image.extent(), spacing);
  Volume<float> second(MemorySpace::host, image.extent(), spacing);
  const RichardsonLucyParams params{
      .iterations = 6, .background_counts = 2, .saturation_counts = unsaturated};

  algorithm.restore(cpu_exec, image.view(), first.view(), params);
  algorithm.restore(cpu_exec, image.view(), second.view(), params);

  EXPECT_TRUE(std::equal(first.voxels().begin(), first.voxels().end(), second.voxels().begin()));
}

TEST(RichardsonLucy, same_bits_for_any_number_of_threads) {
  const Volume<float> image = blurred_beads();
  const RichardsonLucyParams params{
      .iterations = 6, .background_counts = 2, .saturation_counts = unsaturated};
  const int threads = omp_get_max_threads();

  omp_set_num_threads(1);
  const Volume<float> one = restored(cpu_exec, image, params);
  omp_set_num_threads(3);
  const Volume<float> three = restored(cpu_exec, image, params);
  omp_set_num_threads(threads);

  EXPECT_TRUE(std::equal(one.voxels().begin(), one.voxels().end(), three.voxels().begin()));
}

TEST(RichardsonLucy, even_psf_is_refused) {
  const Volume<float> psf(MemorySpace::host, {3, 4, 3}, spacing);

  EXPECT_THROW(RichardsonLucy(cpu_exec, {8, 8, 8}, psf), InvalidArgument);
}

TEST(RichardsonLucy, gpu_agrees_with_cpu) {
  BRAMBLE_CUDA_EXEC_OR_SKIP(gpu);
  const Volume<float> image = blurred_beads();
  const RichardsonLucyParams params{
      .iterations = 10, .background_counts = 2, .saturation_counts = unsaturated};

  const Volume<float> expected = restored(cpu_exec, image, params);
  const Volume<float> found = restored(gpu, image, params);

  double difference = 0;
  double norm = 0;
  for (std::int64_t i = 0; i < expected.voxels().size(); ++i) {
    difference += std::pow(found.voxels()[i] - expected.voxels()[i], 2);
    norm += std::pow(expected.voxels()[i], 2);
  }
  EXPECT_LT(std::sqrt(difference / norm), 1e-4);
}

}  // namespace
}  // namespace bramble
