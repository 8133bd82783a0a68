#include "bench/restoration_quality_sections.hpp"
#include "bench/restoration_quality_steps.hpp"
#include "bench/restoration_quality_table.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace bramble {
namespace {

constexpr int num_seeds = 3;
constexpr int plain_iterations = 200;
constexpr int fast_iterations = 60;
constexpr int damped_iterations = 120;

// A scene at one brightness.
struct Lit {
  Volume<float> object;    // photons without background
  Volume<float> expected;  // photons

  Lit(const QualityScene& scene, double peak_photons)
      : object(scaled(scene.object, photons_per_occupancy(scene, peak_photons))),
        expected(scaled(scene.image, photons_per_occupancy(scene, peak_photons),
                        static_cast<double>(quality_background_photons))) {}
};

std::string at_iteration(const BestIteration& best, int most) {
  const bool is_last = static_cast<int>(best.iteration) == most;
  return number(best.error_frac, 3) + " (" + (is_last ? ">= " : "") +
         std::to_string(best.iteration) + ")";
}

std::string ratio_text(std::size_t iterations, std::size_t of) {
  return number(static_cast<double>(iterations) / static_cast<double>(of), 2);
}

// The held-out choice beside the best, over seeds.
struct HeldOutChoice {
  std::string iterations;
  std::string best_iterations;
  double error_frac = 0;
  double loss_frac = 0;
};

HeldOutChoice choose(const QualityOptics& optics, const Lit& lit) {
  HeldOutChoice choice;
  for (std::uint64_t seed = 1; seed <= num_seeds; ++seed) {
    const Volume<float> photons = draw_photons(lit.expected, seed);
    const QualityData data{photons.view(), quality_background_photons};
    const std::vector<double> errors =
        errors_by_iteration(data, optics.psf, lit.object.view(), {.iterations = fast_iterations});
    const BestIteration best = best_of(errors);
    const int chosen = held_out_iterations(data, optics.psf, seed);
    const double error = errors.at(static_cast<std::size_t>(chosen));
    const std::string comma = seed == 1 ? "" : ", ";
    choice.iterations += comma + std::to_string(chosen);
    choice.best_iterations += comma + std::to_string(best.iteration);
    choice.error_frac += error / num_seeds;
    choice.loss_frac += (error / best.error_frac - 1) / num_seeds;
  }
  return choice;
}

}  // namespace

int chosen_iterations(const QualityOptics& optics, const QualityScene& scene, double peak_photons) {
  const Lit lit(scene, peak_photons);
  const Volume<float> photons = draw_photons(lit.expected, 1);
  return held_out_iterations({photons.view(), quality_background_photons}, optics.psf, 1);
}

void report_curves(const QualityOptics& optics, const QualityScene& scene,
                   const std::vector<double>& peaks) {
  MarkdownTable methods({"peak photons", "stack itself", "Richardson-Lucy", "heavy ball",
                         "with total variation", "error ratio",
                         "as good as Richardson-Lucy's best after, ratio",
                         "ratio of the best iterations", "target"});
  MarkdownTable stops({"peak photons", "held-out iterations", "best iterations", "error there",
                       "above the best", "target"});
  for (const double peak : peaks) {
    const Lit lit(scene, peak);
    const Volume<float> photons = draw_photons(lit.expected, 1);
    const QualityData data{photons.view(), quality_background_photons};
    const auto errors = [&](DeconvolutionMethod method, int iterations) {
      return errors_by_iteration(data, optics.psf, lit.object.view(),
                                 {.method = method, .iterations = iterations});
    };
    const Volume<float> raw = scaled(photons, 1, -static_cast<double>(quality_background_photons));
    const BestIteration plain =
        best_of(errors(DeconvolutionMethod::richardson_lucy, plain_iterations));
    const std::vector<double> of_fast =
        errors(DeconvolutionMethod::scaled_heavy_ball, fast_iterations);
    const BestIteration fast = best_of(of_fast);
    const BestIteration damped =
        best_of(errors(DeconvolutionMethod::total_variation, damped_iterations));
    const std::size_t as_good = first_within(of_fast, plain.error_frac);
    methods.add({number(peak, 0), number(error_frac(raw.view(), lit.object.view()), 3),
                 at_iteration(plain, plain_iterations), at_iteration(fast, fast_iterations),
                 at_iteration(damped, damped_iterations),
                 number(fast.error_frac / plain.error_frac, 3),
                 std::to_string(as_good) + ", " + ratio_text(as_good, plain.iteration),
                 ratio_text(fast.iteration, plain.iteration),
                 peak <= 5 ? "<= 1, <= 0.50" : "<= 1, <= 0.33"});
    const HeldOutChoice choice = choose(optics, lit);
    stops.add({number(peak, 0), choice.iterations, choice.best_iterations,
               number(choice.error_frac, 3), per_cent(choice.loss_frac),
               peak >= 30 ? "<= +10 %" : "-"});
  }
  methods.print(
      "Error against the truth, " + optics.name,
      "Root of the mean square difference to the true object over that of the object, at "
      "the best iteration (in brackets). Ratios: heavy ball over Richardson-Lucy; that of "
      "iterations counts to where the heavy ball is as good as Richardson-Lucy ever gets, "
      "and to its own best, which is better.");
  stops.print("Number of iterations, " + optics.name,
              "Heavy ball; a tenth of the photons held out; three draws of the noise, means.");
}

}  // namespace bramble
