#include "bench/restoration_quality_sections.hpp"
#include "bench/restoration_quality_steps.hpp"
#include "bench/restoration_quality_table.hpp"
#include "pipeline/phantom/detector.hpp"
#include "pipeline/stack/condition_trial.hpp"
#include "pipeline/stack/estimate_background.hpp"
#include "pipeline/stack/stack_analyser.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace bramble {
namespace {

constexpr std::uint64_t num_fields = 3;
constexpr Spacing spacing{1.0f, 0.1f, 0.1f};
constexpr Extent extent{24, 320, 320};
constexpr PhantomDetector detector{};

Volume<float> recorded(const QualityOptics& optics, double peak_photons, std::uint64_t seed) {
  const QualityScene scene =
      make_scene(optics.model,
                 {.extent = extent, .spacing = spacing, .seed = seed, .spines = SceneSpines::none});
  const double factor = peak_photons / cylinder_peak(optics.model, 0.8);
  const Volume<float> photons = scaled(scene.image, factor, 1 + 0.05 * peak_photons);
  Volume<std::uint16_t> counts(MemorySpace::host, extent, spacing);
  detect(detector, seed, photons.view(), counts.view());
  Volume<float> values(MemorySpace::host, extent, spacing);
  std::ranges::copy(counts.voxels(), values.voxels().begin());
  return values;
}

Acquisition acquisition() {
  Acquisition known;
  known.extent = extent;
  known.spacing = spacing;
  known.voxel_type = "uint16";
  known.offset_counts = detector.offset_counts;
  known.saturation_value = static_cast<float>(detector.saturation_counts);
  return known;
}

// The restored stack as a detector would have recorded it.
Volume<float> restored_counts(const QualityOptics& optics, const Volume<float>& counts,
                              const NoiseModel& noise, int iterations) {
  const Background background = estimate_background(cpu_exec, counts.view(), noise);
  Volume<float> restored(MemorySpace::host, extent, spacing);
  Deconvolver(cpu_exec, extent, optics.psf)
      .restore(cpu_exec, counts.view(),
               {.offset_counts = noise.offset_counts,
                .gain_counts = noise.gain_counts,
                .read_variance_photons =
                    noise.read_variance_counts / (noise.gain_counts * noise.gain_counts)},
               background.field(), restored.view(), {.iterations = iterations});
  return scaled(restored, static_cast<double>(noise.gain_counts),
                static_cast<double>(noise.background_counts));
}

// Reported spines and shafts, summed over stacks.
struct Found {
  int spines = 0;
  double length_um = 0;

  void add(const StackResult& result) {
    spines += static_cast<int>(std::ranges::count_if(result.spines, [](const Spine& spine) {
      return spine.p_detect >= SpineParameters{}.report_probability;
    }));
    for (const Dendrite& dendrite : result.dendrites) {
      length_um += dendrite.length_um;
    }
  }
  std::string text() const {
    return number(100 * spines / std::max(length_um, 1.0), 2) + " (" + std::to_string(spines) +
           " on " + number(length_um, 0) + " um)";
  }
};

struct AnalyseParams {
  int iterations = 0;
  Acquisition known;
};

StackResult analyse(StackAnalyser& analyser, const QualityOptics& optics,
                    const Volume<float>& counts, const AnalyseParams& params) {
  const Calibration calibration{.condition = "bare",
                                .iterations = params.iterations,
                                .psf_fwhm_xy_um = 0.45f,
                                .psf_fwhm_z_um = 1.9f};
  return analyser.analyse({}, params.known, calibration, optics.psf, counts.view(), {});
}

}  // namespace

void report_false_spines() {
  const QualityOptics optics = gaussian_optics(spacing);
  Parameters parameters;
  parameters.restore.motion_correction = false;
  StackAnalyser analyser(cpu_exec, parameters);
  MarkdownTable table({"peak photons", "iterations", "as the program does",
                       "detector on the restored stack", "target"});
  for (const double peak : {10.0, 30.0, 100.0}) {
    std::vector<Volume<float>> stacks;
    for (std::uint64_t seed = 1; seed <= num_fields; ++seed) {
      stacks.push_back(recorded(optics, peak, seed));
    }
    const NoiseModel of_first = estimate_noise(stacks.front().view(), acquisition());
    const int chosen =
        try_iterations(cpu_exec, stacks.front().view(), of_first, optics.psf,
                       {.saturation_counts = static_cast<float>(detector.saturation_counts)})
            .iterations;
    for (const int iterations : {0, chosen, 60}) {
      Found usual;
      Found on_restored;
      for (const Volume<float>& counts : stacks) {
        usual.add(analyse(analyser, optics, counts, {iterations, acquisition()}));
        if (iterations > 0) {
          const NoiseModel noise = estimate_noise(counts.view(), acquisition());
          Acquisition known = acquisition();
          known.gain_counts = noise.gain_counts;
          known.read_noise_counts = std::sqrt(noise.read_variance_counts);
          on_restored.add(analyse(analyser, optics,
                                  restored_counts(optics, counts, noise, iterations), {0, known}));
        }
      }
      table.add({number(peak, 0), std::to_string(iterations) + (iterations == chosen ? " *" : ""),
                 usual.text(), iterations > 0 ? on_restored.text() : "-", "no more than with 0"});
    }
  }
  table.print(
      "False spines per 100 um of bare dendrite",
      "Three stacks of 24 x 320 x 320 voxels of 1.0 x 0.1 x 0.1 um without spines. * chosen by "
      "held-out photons. The program looks for spines in the stack as recorded; the column beside "
      "it "
      "looks for them in the restored one, which shows what too many iterations make.");
}

}  // namespace bramble
