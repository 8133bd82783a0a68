#include "kernels/restore/deconvolution.hpp"
#include "kernels/restore/separable_engine.hpp"
#include "kernels/restore/separable_psf.hpp"
#include "tests/kernels/restore/deconvolution_cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

// How good restorations are, against a known object.
namespace bramble {
namespace {

constexpr Extent extent{12, 40, 56};
constexpr float background_photons = 0.3f;

Volume<float> psf() { return leaning_psf({9, 11, 11}, 1.6, 1.7, 0); }

// Light of threads whose image has `peak_photons` at most.
Volume<float> object_of(float peak_photons) {
  Volume<float> object = threads(extent);
  const Volume<float> image = convolved(object, psf());
  const float scale =
      peak_photons / *std::max_element(image.voxels().begin(), image.voxels().end());
  for (float& value : object.voxels()) {
    value *= scale;
  }
  return object;
}

Volume<float> photons_of(const Volume<float>& object, unsigned seed) {
  Volume<float> expected = convolved(object, psf());
  for (float& value : expected.voxels()) {
    value += background_photons;
  }
  return poisson(expected, seed);
}

// Distances to the object after 0, 1, ... iterations.
std::vector<double> distances(const Volume<float>& photons, const Volume<float>& object,
                              DeconvolutionMethod method, int iterations) {
  const Volume<float> node = constant({1, 1, 1}, background_photons);
  SeparableEngine engine(cpu_exec, extent, case_spacing, *separate_psf(psf().view()));
  const CompareModel comparison{.data = photon_data(photons, {node.view(), 1, 1})};
  engine.start(cpu_exec,
               static_cast<float>(total(photons) / extent.num_voxels()) - background_photons);
  std::vector<double> result;
  for (int k = 0; k <= iterations; ++k) {
    result.push_back(relative_distance(estimate_of(engine, extent), object));
    engine.compare(cpu_exec, comparison);
    const auto momentum = method == DeconvolutionMethod::richardson_lucy
                              ? 0.0f
                              : static_cast<float>(k) / static_cast<float>(k + 3);
    engine.advance(cpu_exec, {momentum}, {});
  }
  return result;
}

// The heavy ball at its best is at least as good as plain Richardson-Lucy at its best, and gets
// there in a part of its iterations.
void expect_better_within(double part_of_iterations, float peak_photons) {
  const Volume<float> object = object_of(peak_photons);
  const Volume<float> photons = photons_of(object, 7);

  const std::vector<double> plain =
      distances(photons, object, DeconvolutionMethod::richardson_lucy, 200);
  const std::vector<double> fast =
      distances(photons, object, DeconvolutionMethod::scaled_heavy_ball, 60);

  const auto best_plain = std::min_element(plain.begin(), plain.end());
  const auto best_fast = std::min_element(fast.begin(), fast.end());
  EXPECT_LE(*best_fast, *best_plain) << peak_photons;
  EXPECT_LE(static_cast<double>(best_fast - fast.begin()),
            part_of_iterations * static_cast<double>(best_plain - plain.begin()))
      << peak_photons;
}

TEST(DeconvolutionQuality, heavy_ball_is_as_good_as_richardson_lucy_in_a_third_of_the_iterations) {
  expect_better_within(1.0 / 2, 5);
  expect_better_within(1.0 / 3, 20);
  expect_better_within(1.0 / 3, 100);
}

// Keeps each photon back with the given probability.
struct Split {
  Volume<float> kept;
  Volume<float> held_out;
};
Split thinned(const Volume<float>& photons, double held_out_frac) {
  std::mt19937 generator(13);
  Split split{constant(extent, 0), constant(extent, 0)};
  for (std::int64_t i = 0; i < photons.voxels().size(); ++i) {
    const auto all = static_cast<int>(photons.voxels()[i]);
    std::binomial_distribution<int> draw(all, held_out_frac);
    const int out = draw(generator);
    split.held_out.voxels()[i] = static_cast<float>(out);
    split.kept.voxels()[i] = static_cast<float>(all - out);
  }
  return split;
}

TEST(DeconvolutionQuality, held_out_photons_stop_within_ten_per_cent_of_the_best) {
  for (const float peak_photons : {20.0f, 30.0f, 100.0f}) {
    const Volume<float> object = object_of(peak_photons);
    const Volume<float> photons = photons_of(object, 9);
    const Split split = thinned(photons, 0.1);
    const Volume<float> node = constant({1, 1, 1}, 0.9f * background_photons);
    const HeldOut held_out{split.held_out.view(), 1.0 / 9, 3};
    Deconvolver deconvolver(cpu_exec, extent, psf());

    const Restored chosen = restore_photons(deconvolver, split.kept, {.iterations = 80}, {},
                                            {node.view(), 1, 1}, &held_out);

    const std::vector<double> all =
        distances(photons, object, DeconvolutionMethod::scaled_heavy_ball, 80);
    const double oracle = *std::min_element(all.begin(), all.end());
    const int stop = chosen.report.best_iteration;
    EXPECT_LT(all[static_cast<std::size_t>(stop)], 1.1 * oracle) << peak_photons << " " << stop;
    // The best entry lies one before the number of updates, the last one three after it.
    EXPECT_EQ(chosen.report.iterations, stop + 2);
    EXPECT_EQ(chosen.report.held_out_log_likelihood.size(), static_cast<std::size_t>(stop + 3));
  }
}

}  // namespace
}  // namespace bramble
