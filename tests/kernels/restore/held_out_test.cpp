#include "kernels/restore/deconvolution.hpp"
#include "kernels/restore/deconvolution_run.hpp"
#include "tests/kernels/restore/deconvolution_cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

// How held-out photons judge models, and the number of iterations that they choose.
namespace bramble {
namespace {

constexpr auto plain = DeconvolutionMethod::richardson_lucy;
constexpr auto heavy_ball = DeconvolutionMethod::scaled_heavy_ball;

int best_iteration(DeconvolutionMethod method, int iterations, std::vector<double> likelihood) {
  const DeconvolutionRun run{.params = {.method = method, .iterations = iterations},
                             .held_out_log_likelihood = std::move(likelihood)};
  return report_of(run).best_iteration;
}

TEST(HeldOut, with_momentum_the_estimate_gets_one_update_more_than_the_best_entry) {
  EXPECT_EQ(best_iteration(heavy_ball, 9, {-9, -7, -6, -5, -6}), 4);
  EXPECT_EQ(best_iteration(plain, 9, {-9, -7, -6, -5, -6}), 3);
}

TEST(HeldOut, start_and_first_update_have_no_momentum_behind_them) {
  EXPECT_EQ(best_iteration(heavy_ball, 9, {-5, -7, -8, -9}), 0);
  EXPECT_EQ(best_iteration(heavy_ball, 9, {-9, -5, -8, -9}), 1);
}

TEST(HeldOut, no_more_updates_are_found_best_than_were_asked_for) {
  EXPECT_EQ(best_iteration(heavy_ball, 4, {-9, -8, -7, -6, -5}), 4);
  EXPECT_EQ(best_iteration(heavy_ball, 4, {-9, -8, -7, -5, -6}), 4);
}

// The likelihood of the held-out photons for the flat start, which is the mean of the data.
double likelihood_of_mean(float photons, const Volume<float>& held_out, const PhotonScale& scale,
                          float background) {
  Volume<float> counts = constant(held_out.extent(), photons);
  const Volume<float> node = constant({1, 1, 1}, background);
  const HeldOut judge{.photons = held_out.view(), .ratio = 0.25};
  Deconvolver deconvolver(cpu_exec, counts.extent(), leaning_psf({3, 5, 5}, 1, 1, 0));
  return restore_photons(deconvolver, counts, {.iterations = 0}, scale, {node.view(), 1, 1}, &judge)
      .report.held_out_log_likelihood.front();
}

TEST(HeldOut, likelihood_is_that_of_the_formula) {
  Volume<float> held_out = constant({2, 3, 5}, 0);
  held_out.voxels()[4] = 3;
  held_out.voxels()[17] = 1;

  const double found = likelihood_of_mean(7, held_out, {.read_variance_photons = 0.5f}, 2);

  const double model = 7.5;  // 5 of structure, 2 of background, 0.5 of read variance
  const double dark = 2.5;
  const double expected =
      (4 + 30 * 0.25 * dark) * std::log(0.25 * model) - 30 * 0.25 * model + 4 * dark / model;
  EXPECT_NEAR(found, expected, 1e-5 * std::abs(expected));
}

TEST(HeldOut, saturated_voxels_do_not_count) {
  const Volume<float> held_out = constant({2, 3, 5}, 2);

  EXPECT_EQ(likelihood_of_mean(7, held_out, {.saturation_counts = 7}, 2), 0);
}

TEST(HeldOut, the_mean_has_the_highest_likelihood_on_any_background) {
  const Volume<float> held_out = constant({2, 3, 5}, 2);  // a quarter of 8
  for (const float background : {0.0f, 0.5f, 3.0f, 7.0f}) {
    std::vector<double> likelihood;
    for (float photons = 4; photons <= 12; ++photons) {
      likelihood.push_back(
          likelihood_of_mean(std::max(photons, background + 0.001f), held_out, {}, background));
    }

    EXPECT_EQ(std::ranges::max_element(likelihood) - likelihood.begin(), 8 - 4) << background;
  }
}

TEST(HeldOut, empty_voxels_weigh_less_than_structure) {
  const Volume<float> held_out = constant({2, 3, 5}, 2);
  const auto loss_of_ten_per_cent = [&](float background) {
    return likelihood_of_mean(8, held_out, {}, background) -
           likelihood_of_mean(8.8f, held_out, {}, background);
  };

  // Nothing but light of structure: the loss of the Poisson likelihood. Nearly nothing but
  // background: a tenth of it is far too much structure, and yet costs little.
  const double of_likelihood = 30 * (2 * std::log(1 / 1.1) + 0.2);
  EXPECT_NEAR(loss_of_ten_per_cent(0), of_likelihood, 1e-3 * of_likelihood);
  EXPECT_LT(loss_of_ten_per_cent(7.9f), 0.1 * of_likelihood);
}

// A tenth of the photons taken out.
struct Split {
  Volume<float> kept;
  Volume<float> held_out;
};
Split split_of(const Volume<float>& photons) {
  std::mt19937 generator(3);
  Split split{constant(photons.extent(), 0), constant(photons.extent(), 0)};
  for (std::int64_t i = 0; i < photons.voxels().size(); ++i) {
    const auto all = static_cast<int>(photons.voxels()[i]);
    std::binomial_distribution<int> draw(all, 0.1);
    split.held_out.voxels()[i] = static_cast<float>(draw(generator));
    split.kept.voxels()[i] = photons.voxels()[i] - split.held_out.voxels()[i];
  }
  return split;
}

TEST(HeldOut, number_of_updates_is_that_of_the_best_estimate) {
  const Volume<float> psf = leaning_psf({7, 9, 9}, 1.6, 1.7, 0);
  const Volume<float> image = convolved(threads({6, 24, 28}), psf);
  const Volume<float> node = constant({1, 1, 1}, 0.9f);
  for (const float light : {40.0f, 200.0f}) {
    Volume<float> expected = constant(image.extent(), 0);
    std::ranges::transform(image.voxels(), expected.voxels().begin(),
                           [light](float value) { return light * value + 1; });
    const Split split = split_of(poisson(expected, 8));
    const HeldOut held_out{.photons = split.held_out.view(), .ratio = 1.0 / 9, .patience = 99};
    Deconvolver deconvolver(cpu_exec, image.extent(), psf);
    const auto report_of = [&](int iterations) {
      return restore_photons(deconvolver, split.kept, {.iterations = iterations}, {},
                             {node.view(), 1, 1}, &held_out)
          .report;
    };

    const int found = report_of(25).best_iteration;

    // The last step has no momentum: the last entry speaks of the estimate itself.
    std::vector<double> of_estimate;
    for (int iterations = 0; iterations <= 25; ++iterations) {
      of_estimate.push_back(report_of(iterations).held_out_log_likelihood.back());
    }
    const auto best = std::ranges::max_element(of_estimate) - of_estimate.begin();
    EXPECT_GT(best, 2);
    EXPECT_EQ(found, best) << light;
  }
}

}  // namespace
}  // namespace bramble
