#include "kernels/restore/fourier_engine.hpp"
#include "kernels/restore/separable_engine.hpp"
#include "kernels/restore/separable_psf.hpp"
#include "tests/kernels/restore/deconvolution_cases.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>

namespace bramble {
namespace {

template <class Engine>
Volume<float> after_steps(Engine& engine, const Volume<float>& photons, int steps,
                          const std::optional<TotalVariationParams>& total_variation) {
  const Volume<float> node = constant({1, 1, 1}, 1.5f);
  const CompareModel comparison{.data = photon_data(photons, {node.view(), 1, 1})};
  engine.start(cpu_exec, 5);
  for (int k = 0; k < steps; ++k) {
    engine.compare(cpu_exec, comparison);
    engine.advance(cpu_exec, {static_cast<float>(k) / static_cast<float>(k + 3)}, total_variation);
  }
  return estimate_of(engine, photons.extent());
}

Volume<float> noisy_threads(Extent extent, const Volume<float>& psf) {
  Volume<float> expected = convolved(threads(extent), psf);
  for (float& value : expected.voxels()) {
    value = 300 * value + 1.5f;
  }
  return poisson(expected, 17);
}

double distance_of_engines(Extent image, const Volume<float>& psf,
                           const std::optional<TotalVariationParams>& total_variation) {
  const Volume<float> photons = noisy_threads(image, psf);
  FourierEngine fourier(cpu_exec, image, psf, FftPlanning::estimate);
  SeparableEngine separable(cpu_exec, image, case_spacing, *separate_psf(psf.view()));
  return relative_distance(after_steps(fourier, photons, 10, total_variation),
                           after_steps(separable, photons, 10, total_variation));
}

TEST(DeconvolutionEngines, agree_for_a_gaussian) {
  EXPECT_LT(distance_of_engines({12, 30, 41}, leaning_psf({9, 11, 11}, 1.6, 1.7, 0), {}), 1e-5);
}

TEST(DeconvolutionEngines, agree_for_a_psf_without_symmetry) {
  EXPECT_LT(distance_of_engines({7, 29, 33}, lopsided_psf(), {}), 1e-5);
}

TEST(DeconvolutionEngines, agree_for_a_stack_thinner_than_the_psf) {
  EXPECT_LT(distance_of_engines({4, 30, 35}, leaning_psf({15, 11, 11}, 2.5, 1.7, 0), {}), 1e-5);
}

TEST(DeconvolutionEngines, agree_with_total_variation_inside_the_image) {
  // They border differently on nothing at the far end of the extended object.
  EXPECT_LT(distance_of_engines({12, 30, 41}, leaning_psf({9, 11, 11}, 1.6, 1.7, 0),
                                TotalVariationParams{}),
            1e-3);
}

TEST(SeparatePsf, gives_the_factors_of_a_product_and_nothing_for_another) {
  const std::optional<SeparablePsf> factors = separate_psf(lopsided_psf().view());

  ASSERT_TRUE(factors);
  EXPECT_NEAR(factors->z[1] / factors->z[0], 4, 1e-5);
  EXPECT_NEAR(factors->y[0], 0, 1e-7);
  EXPECT_NEAR(factors->x[2] / factors->x[4], 12, 1e-4);
  EXPECT_FALSE(separate_psf(leaning_psf({5, 7, 7}, 1, 1.5, 0.01).view()));
}

TEST(TotalVariationDamping, flat_volumes_are_not_damped_and_peaks_are) {
  Volume<float> values = constant({3, 4, 5}, 7);
  Volume<float> damping = constant({3, 4, 5}, 0);

  total_variation_damping(cpu_exec, values.view(), damping.view(), {.weight = 0.01f});
  for (const float value : damping.voxels()) {
    ASSERT_EQ(value, 1.0f);
  }

  values.view()(1, 2, 2) = 9;
  total_variation_damping(cpu_exec, values.view(), damping.view(), {.weight = 0.01f});

  // At the peak the unit gradient points down on both sides of each axis: by hand, with per um
  // 1, 1 / 0.15, 1 / 0.15 and weight 0.01 x 0.15 um.
  const double per_um[] = {1, 1 / 0.15, 1 / 0.15};
  const double norm = std::sqrt(1 + 2 / (0.15 * 0.15));
  double divergence = 0;
  for (const double axis : per_um) {
    divergence += (-axis / norm - 1) * axis;
  }
  EXPECT_NEAR(damping.view()(1, 2, 2), 1 - 0.0015 * divergence, 1e-5);
  EXPECT_THROW(total_variation_damping(cpu_exec, values.view(), damping.view(), {.weight = 0.5f}),
               InvalidArgument);
}

}  // namespace
}  // namespace bramble
