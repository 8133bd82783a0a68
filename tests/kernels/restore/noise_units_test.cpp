#include "kernels/restore/noise_units.hpp"

#include "kernels/core/error.hpp"
#include "tests/kernels/execs.hpp"
#include "tests/kernels/restore/deconvolution_cases.hpp"

#include <gtest/gtest.h>

#include <random>

namespace bramble {
namespace {

Volume<float> noise_units_of(const Volume<float>& counts, const PhotonScale& scale,
                             const BackgroundField& background) {
  Volume<float> excess(MemorySpace::host, counts.extent(), counts.spacing());
  to_noise_units(cpu_exec, counts.view(), scale, background, excess.view());
  return excess;
}

TEST(NoiseUnits, are_photons_over_the_background_in_its_standard_deviations) {
  Volume<float> counts = constant({1, 1, 2}, 100);
  counts.voxels()[1] = 190;
  const Volume<float> nodes = constant({1, 1, 1}, 3);

  // 0 and 9 photons; a background of 3 and read noise of variance 1: 2 photons are one unit.
  const Volume<float> excess =
      noise_units_of(counts, {.offset_counts = 100, .gain_counts = 10, .read_variance_photons = 1},
                     {.nodes = nodes.view()});

  EXPECT_FLOAT_EQ(excess.voxels()[0], -1.5f);
  EXPECT_FLOAT_EQ(excess.voxels()[1], 3);
}

TEST(NoiseUnits, of_a_dark_stack_without_read_noise_are_finite) {
  const Volume<float> counts = constant({2, 3, 4}, 0);

  const Volume<float> excess = noise_units_of(counts, {}, {});

  for (const float value : excess.voxels()) {
    EXPECT_EQ(value, 0);
  }
}

TEST(NoiseUnits, of_noise_have_unit_variance_wherever_the_background_lies) {
  std::mt19937 random(2);
  for (const float level : {0.7f, 12.0f}) {
    std::poisson_distribution<int> light(static_cast<double>(level));
    Volume<float> counts(MemorySpace::host, {8, 64, 64}, case_spacing);
    for (float& value : counts.voxels()) {
      value = 50 + 4 * static_cast<float>(light(random));
    }
    const Volume<float> nodes = constant({1, 1, 1}, level);

    const Volume<float> excess =
        noise_units_of(counts, {.offset_counts = 50, .gain_counts = 4}, {.nodes = nodes.view()});

    double sum = 0;
    double sum_of_squares = 0;
    for (const float value : excess.voxels()) {
      sum += static_cast<double>(value);
      sum_of_squares += static_cast<double>(value) * static_cast<double>(value);
    }
    const auto size = static_cast<double>(excess.voxels().size());
    EXPECT_NEAR(sum / size, 0, 0.03);
    EXPECT_NEAR(sum_of_squares / size, 1, 0.05);
  }
}

TEST(NoiseUnits, wrong_arguments_are_refused) {
  const Volume<float> counts = constant({2, 3, 4}, 0);
  Volume<float> other(MemorySpace::host, {2, 3, 5}, counts.spacing());
  Volume<float> same(MemorySpace::host, {2, 3, 4}, counts.spacing());

  EXPECT_THROW(to_noise_units(cpu_exec, counts.view(), {}, {}, other.view()), InvalidArgument);
  EXPECT_THROW(to_noise_units(cpu_exec, counts.view(), {.gain_counts = 0}, {}, same.view()),
               InvalidArgument);
}

TEST(NoiseUnits, gpu_agrees_with_cpu) {
  BRAMBLE_CUDA_EXEC_OR_SKIP(gpu);
  const Volume<float> counts = constant({2, 3, 70}, 77);
  const PhotonScale scale{.offset_counts = 10, .gain_counts = 3, .read_variance_photons = 0.5f};
  Volume<float> on_device(MemorySpace::device, counts.extent(), counts.spacing());
  Volume<float> excess(MemorySpace::device, counts.extent(), counts.spacing());
  copy(gpu, counts, on_device);

  to_noise_units(gpu, std::as_const(on_device).view(), scale, {}, excess.view());

  Volume<float> back(MemorySpace::host, counts.extent(), counts.spacing());
  copy(gpu, excess, back);
  const Volume<float> expected = noise_units_of(counts, scale, {});
  for (std::int64_t i = 0; i < back.voxels().size(); ++i) {
    EXPECT_EQ(back.voxels()[i], expected.voxels()[i]);
  }
}

}  // namespace
}  // namespace bramble
