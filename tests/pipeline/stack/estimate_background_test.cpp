#include "pipeline/stack/estimate_background.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <utility>

namespace bramble {
namespace {

constexpr Extent extent{5, 200, 240};
constexpr Spacing spacing{1, 0.2f, 0.2f};
constexpr NoiseModel noise{.offset_counts = 100, .gain_counts = 20};

// 3 photons, rising and falling by a quarter across the stack.
double slow_light(Voxel v) { return 3 * (1 + 0.25 * std::sin(v.x / 60.0) * std::cos(v.y / 70.0)); }

double flat_light(Voxel) { return 3; }

// A bright tube of 1.2 um along x, with blurred flanks, and one along y.
double tubes(Voxel v) {
  const double y = (v.y - 100) * 0.2 / 0.6;
  const double x = (v.x - 120) * 0.2 / 0.6;
  return 40 * (std::exp(-0.5 * y * y) + std::exp(-0.5 * x * x));
}

double nothing(Voxel) { return 0; }

Volume<float> photons(double (*light)(Voxel), double (*structure)(Voxel)) {
  Volume<float> counts(MemorySpace::host, extent, spacing);
  std::mt19937 generator(3);
  for (std::int64_t i = 0; i < counts.voxels().size(); ++i) {
    const Voxel v = extent.voxel(i);
    std::poisson_distribution<int> poisson(light(v) + structure(v));
    counts.voxels()[i] = 100 + 20 * static_cast<float>(poisson(generator));
  }
  return counts;
}

struct Errors {
  double mean_frac = 0;
  double rms_frac = 0;
  double largest_frac = 0;
};

Errors errors(const Background& background, double (*light)(Voxel)) {
  const BackgroundField field = background.field();
  Errors result;
  int count = 0;
  for (int y = 0; y < extent.y; y += 10) {
    for (int x = 0; x < extent.x; x += 10) {
      const Voxel v{2, y, x};
      const double error = static_cast<double>(field.at(v)) / light(v) - 1;
      result.mean_frac += error;
      result.rms_frac += error * error;
      result.largest_frac = std::max(result.largest_frac, std::abs(error));
      ++count;
    }
  }
  result.mean_frac /= count;
  result.rms_frac = std::sqrt(result.rms_frac / count);
  return result;
}

TEST(EstimateBackground, is_flat_for_flat_light) {
  const Volume<float> counts = photons(flat_light, nothing);

  const Errors result = errors(estimate_background(cpu_exec, counts.view(), noise), flat_light);

  EXPECT_LT(std::abs(result.mean_frac), 0.01);
  EXPECT_LT(result.largest_frac, 0.05);
}

TEST(EstimateBackground, follows_a_slow_field) {
  const Volume<float> counts = photons(slow_light, nothing);

  const Errors result = errors(estimate_background(cpu_exec, counts.view(), noise), slow_light);

  EXPECT_LT(std::abs(result.mean_frac), 0.01);
  EXPECT_LT(result.rms_frac, 0.04);
}

TEST(EstimateBackground, dendrites_do_not_raise_it) {
  const Volume<float> counts = photons(slow_light, tubes);

  const Background background = estimate_background(cpu_exec, counts.view(), noise);

  EXPECT_LT(errors(background, slow_light).rms_frac, 0.06);
  EXPECT_NEAR(background.field().at({2, 100, 120}) / slow_light({2, 100, 120}), 1, 0.12);
}

TEST(EstimateBackground, a_bright_soma_does_not_rule_its_nodes) {
  const auto soma = [](Voxel v) { return std::hypot(v.y - 100, v.x - 120) * 0.2 < 9 ? 60.0 : 0.0; };
  const Volume<float> counts = photons(flat_light, soma);

  const Background background = estimate_background(cpu_exec, counts.view(), noise);

  EXPECT_LT(background.field().at({2, 100, 120}), 2.05 * 3);
}

TEST(EstimateBackground, without_a_gain_it_is_in_counts) {
  const Volume<float> counts = photons(flat_light, nothing);

  const Background background =
      estimate_background(cpu_exec, counts.view(), {.offset_counts = 100});

  EXPECT_NEAR(background.field().at({2, 50, 50}), 60, 2);
}

TEST(EstimateBackground, one_voxel_has_one_node) {
  Volume<float> counts(MemorySpace::host, {1, 1, 1}, spacing);
  counts.voxels()[0] = 140;

  const Background background = estimate_background(cpu_exec, std::as_const(counts).view(), noise);

  EXPECT_EQ(background.nodes.extent(), (Extent{1, 1, 1}));
  EXPECT_FLOAT_EQ(background.field().at({0, 0, 0}), 2);
}

}  // namespace
}  // namespace bramble
