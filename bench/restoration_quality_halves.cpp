#include "bench/fourier_shell_correlation.hpp"
#include "bench/restoration_quality_sections.hpp"
#include "bench/restoration_quality_steps.hpp"
#include "bench/restoration_quality_table.hpp"
#include "pipeline/stack/split_photons.hpp"

#include <string>
#include <vector>

namespace bramble {
namespace {

struct Resolution {
  double in_plane_um = 0;
  double axial_um = 0;
};

constexpr double between_halves = 1.0 / 7;
// What one half has with the truth where it has 1/7 with another half.
constexpr double to_truth = 0.5;

Resolution resolution_of(VolumeView<const float> a, VolumeView<const float> b, double level) {
  const auto along = [&](const ShellParams& params) {
    return resolution_um(fourier_shell_correlation(a, b, params), level);
  };
  // The plane's sector is flat: off the plane less light passes, by far.
  return {along({.sector = FrequencySector::in_plane, .half_angle_deg = 10}),
          along({.sector = FrequencySector::axial, .half_angle_deg = 30})};
}

Volume<float> photons_of(const QualityScene& scene, double peak_photons, std::uint64_t seed) {
  return draw_photons(scaled(scene.image, photons_per_occupancy(scene, peak_photons),
                             static_cast<double>(quality_background_photons)),
                      seed);
}

}  // namespace

void report_halves(const QualityOptics& optics, const QualityScene& scene) {
  MarkdownTable table({"peak photons", "iterations", "in plane before", "in plane after",
                       "axial before", "axial after", "to the truth before", "to the truth after",
                       "target"});
  Deconvolver deconvolver(cpu_exec, scene.image.extent(), optics.psf);
  for (const double peak : {5.0, 20.0, 100.0}) {
    const SplitPhotons halves =
        split_photons(photons_of(scene, peak, 1).view(), {.gain_counts = 1}, 0.5, 5);
    const float background = 0.5f * quality_background_photons;
    const int iterations = chosen_iterations(optics, scene, 0.5 * peak);
    const RestoredVolume first =
        restore(deconvolver, {halves.kept.view(), background}, {.iterations = iterations});
    const RestoredVolume second =
        restore(deconvolver, {halves.held_out.view(), background}, {.iterations = iterations});
    const Resolution before =
        resolution_of(halves.kept.view(), halves.held_out.view(), between_halves);
    const Resolution after =
        resolution_of(first.photons.view(), second.photons.view(), between_halves);
    const Resolution true_before = resolution_of(halves.kept.view(), scene.object.view(), to_truth);
    const Resolution true_after =
        resolution_of(first.photons.view(), scene.object.view(), to_truth);
    table.add({number(peak, 0), std::to_string(iterations), number(before.in_plane_um, 2),
               number(after.in_plane_um, 2), number(before.axial_um, 2), number(after.axial_um, 2),
               number(true_before.in_plane_um, 2) + ", " + number(true_before.axial_um, 2),
               number(true_after.in_plane_um, 2) + ", " + number(true_after.axial_um, 2),
               "no worse than before"});
  }
  table.print("Resolution by Fourier shell correlation, " + optics.name,
              "Period in um at which the correlation of two halves of the photons, restored apart "
              "from each other, falls below 1/7; to the truth: of one half and the object, below "
              "1/2, in plane and axial. Frequencies within 10 degrees of the plane of x "
              "and y, and 30 of the z axis. The finest that can be told is 0.24 and 1.05 um. "
              "Positivity gives both halves frequencies that were "
              "not recorded, so that only the columns to the truth count after restoration.");
}

void report_residuals(const QualityOptics& optics, const QualityScene& scene) {
  MarkdownTable table({"peak photons", "model", "mean", "variance", "correlation", "target"});
  const Spacing spacing = scene.image.spacing();
  const auto residuals = [&](double peak, const std::string& name, const Volume<float>& psf,
                             double added_background) {
    const Volume<float> photons = photons_of(scene, peak, 1);
    Deconvolver deconvolver(cpu_exec, photons.extent(), psf);
    const float background = quality_background_photons + static_cast<float>(added_background);
    const RestoredVolume restored = restore(deconvolver, {photons.view(), background},
                                            {.iterations = chosen_iterations(optics, scene, peak)});
    table.add({number(peak, 0), name, number(restored.report.residual_mean, 3),
               number(restored.report.residual_variance, 3),
               number(restored.report.residual_correlation, 3), name == "right" ? "0, 1, 0" : "-"});
  };
  for (const double peak : {5.0, 20.0, 100.0}) {
    residuals(peak, "right", optics.psf, 0);
    residuals(peak, "PSF 1.2 x as wide in plane", sampled_psf(gaussian_psf(0.54, 1.9), spacing), 0);
    residuals(peak, "PSF 1.4 x as wide along z", sampled_psf(gaussian_psf(0.45, 2.66), spacing), 0);
    residuals(peak, "background 0.3 too high", optics.psf, 0.3);
  }
  table.print("Residuals, " + optics.name,
              "(data - model) / sqrt(model) over all voxels, correlation of neighbours along x. "
              "99 % of the voxels are empty and rule these numbers.");
}

}  // namespace bramble
