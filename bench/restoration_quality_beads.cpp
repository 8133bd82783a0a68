#include "bench/restoration_quality_profile.hpp"
#include "bench/restoration_quality_sections.hpp"
#include "bench/restoration_quality_steps.hpp"
#include "bench/restoration_quality_table.hpp"
#include "kernels/restore/full_width.hpp"
#include "pipeline/phantom/random.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

namespace bramble {
namespace {

constexpr Extent around_bead{25, 41, 41};
constexpr int num_beads = 12;

struct MeanSpread {
  double mean = 0;
  double spread = 0;
};

MeanSpread mean_spread(const std::vector<double>& values) {
  const auto num = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / num;
  double square = 0;
  for (const double value : values) {
    square += (value - mean) * (value - mean);
  }
  return {mean, std::sqrt(square / (num - 1))};
}

std::string text_of(const MeanSpread& value) {
  return number(value.mean, 2) + " (" + number(value.spread, 2) + ")";
}

Voxel brightest_near(VolumeView<const float> volume, Voxel middle) {
  Voxel brightest = middle;
  for (int z = middle.z - 2; z <= middle.z + 2; ++z) {
    for (int y = middle.y - 2; y <= middle.y + 2; ++y) {
      for (int x = middle.x - 2; x <= middle.x + 2; ++x) {
        brightest = volume(z, y, x) > volume(brightest) ? Voxel{z, y, x} : brightest;
      }
    }
  }
  return brightest;
}

struct Widths {
  std::vector<double> z;
  std::vector<double> y;
  std::vector<double> x;

  // Through the brightest voxel near the bead.
  void add(VolumeView<const float> volume, Voxel near) {
    const Voxel brightest = brightest_near(volume, near);
    append(z, full_width_um(profile_through(volume, brightest, Axis::z), 0.5));
    append(y, full_width_um(profile_through(volume, brightest, Axis::y), 0.12));
    append(x, full_width_um(profile_through(volume, brightest, Axis::x), 0.12));
  }
  std::string text() const {
    return text_of(mean_spread(x)) + " x " + text_of(mean_spread(y)) + " x " +
           text_of(mean_spread(z));
  }

 private:
  static void append(std::vector<double>& widths, double width_um) {
    if (std::isfinite(width_um)) {
      widths.push_back(width_um);
    }
  }
};

// Within three standard deviations of the PSF and more: 0.72 um in plane, 3 um along z.
double flux_near(VolumeView<const float> volume, Voxel middle) {
  double flux = 0;
  for (int z = middle.z - 6; z <= middle.z + 6; ++z) {
    for (int y = middle.y - 6; y <= middle.y + 6; ++y) {
      for (int x = middle.x - 6; x <= middle.x + 6; ++x) {
        flux += static_cast<double>(volume(z, y, x));
      }
    }
  }
  return flux;
}

// What is left of the background beside the bead, in the voxels that flux_near sums.
double level_beside(VolumeView<const float> volume, Voxel middle) {
  const double num_near = 13 * 13 * 13;
  const double total = std::accumulate(volume.data, volume.data + volume.extent.num_voxels(), 0.0);
  const double num_beside = static_cast<double>(volume.extent.num_voxels()) - num_near;
  return num_near * (total - flux_near(volume, middle)) / num_beside;
}

struct BeadResult {
  Widths before;
  Widths after;
  double recorded_flux = 0;  // above background
  double restored_flux = 0;
  double restored_level = 0;
  double true_flux = 0;
};

enum class BeadNoise { photons, none };

BeadResult restore_beads(const QualityOptics& optics, double peak_photons, int iterations,
                         BeadNoise noise = BeadNoise::photons) {
  Deconvolver deconvolver(cpu_exec, around_bead, optics.psf);
  BeadResult result;
  for (std::uint64_t bead = 0; bead < num_beads; ++bead) {
    Random random(7, bead);
    const Position phase{0.5 * random.uniform(), 0.12 * random.uniform(), 0.12 * random.uniform()};
    const Position place = middle_of(around_bead) + phase;
    const double flux = flux_of_peak(optics.model, point_spacing, peak_photons);
    Volume<float> expected(MemorySpace::host, around_bead, point_spacing);
    std::ranges::fill(expected.voxels(), quality_background_photons);
    add_point(optics.model, place, flux, expected.view());
    const Volume<float> photons =
        noise == BeadNoise::none ? scaled(expected, 1) : draw_photons(expected, 100 + bead);
    const RestoredVolume restored = restore(
        deconvolver, {photons.view(), quality_background_photons}, {.iterations = iterations});
    const Volume<float> signal = scaled(photons, 1, -0.3);
    const Voxel at = nearest_voxel(place, point_spacing);
    result.before.add(scaled(expected, 1, -0.3).view(), at);
    result.after.add(restored.photons.view(), at);
    result.recorded_flux += flux_near(signal.view(), at);
    result.restored_flux += flux_near(restored.photons.view(), at);
    result.restored_level += level_beside(restored.photons.view(), at);
    result.true_flux += flux;
  }
  return result;
}

}  // namespace

void report_beads(const QualityOptics& optics, const QualityScene& scene) {
  MarkdownTable table({"peak photons", "iterations", "x, y, z before", "x, y, z after",
                       "flux over recorded", "flux over true", "less the level beside",
                       "over true without noise", "target"});
  for (const double peak : {10.0, 30.0, 100.0, 1000.0}) {
    const int iterations = chosen_iterations(optics, scene, std::min(peak, 100.0));
    const BeadResult result = restore_beads(optics, peak, iterations);
    const BeadResult ideal = restore_beads(optics, peak, iterations, BeadNoise::none);
    table.add({number(peak, 0), std::to_string(iterations), result.before.text(),
               result.after.text(), per_cent(result.restored_flux / result.recorded_flux - 1, 2),
               per_cent(result.restored_flux / result.true_flux - 1, 2),
               per_cent((result.restored_flux - result.restored_level) / result.true_flux - 1, 2),
               per_cent(ideal.restored_flux / ideal.true_flux - 1, 2), "+-1 %"});
  }
  const double once = restore_beads(optics, 100, 30).restored_flux;
  const double tenfold = restore_beads(optics, 1000, 30).restored_flux;
  table.print(
      "Points, " + optics.name,
      "Full widths at half maximum in um, mean (standard deviation) of twelve; flux in the "
      "13 x 13 x 13 voxels around each, over what was recorded there and over the truth; "
      "most of the excess is there without noise and goes with more iterations. Linearity: ten "
      "times the light gives " +
          per_cent(tenfold / (10 * once) - 1, 2) +
          " off ten times the flux (30 iterations, 100 and 1000 photons; target +-1 %).");
}

}  // namespace bramble
