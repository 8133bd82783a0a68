#include "pipeline/stack/split_photons.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/phantom/random.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {
namespace {

// Inversion, walking up from no success: the held-out part is small.
int draw_binomial(int num_trials, double probability, Random random) {
  if (num_trials == 0) {
    return 0;
  }
  const double odds = probability / (1 - probability);
  const double wanted = random.uniform();
  double term = std::pow(1 - probability, num_trials);
  double cumulative = term;
  int k = 0;
  while (wanted > cumulative && k < num_trials) {
    term *= odds * (num_trials - k) / (k + 1);
    ++k;
    cumulative += term;
  }
  return k;
}

// Means of the voxels that differ from a level by no more than its noise explains: of the counts,
// and of the photons.
struct Dark {
  float counts = 0;
  float photons = 0;
};

Dark dark_means(VolumeView<const float> counts, const NoiseModel& noise, float level_counts,
                VolumeView<const float> photons) {
  constexpr float reach_sigma = 3;
  // Never less than the noise of one photon: a level between none and one is seen as none in most
  // voxels, and has voxels with several all the same. Half a photon more, since whole ones stand
  // for all between them.
  const float one_photon_counts = noise.offset_counts + noise.gain_counts;
  const float reach_counts =
      reach_sigma * noise.noise_counts(std::max(level_counts, one_photon_counts)) +
      0.5f * noise.gain_counts;
  double total_counts = 0;
  double total_photons = 0;
  std::int64_t num_dark = 0;
  for (std::int64_t i = 0; i < counts.extent.num_voxels(); ++i) {
    if (std::abs(counts.data[i] - level_counts) <= reach_counts) {
      total_counts += counts.data[i];
      total_photons += photons.data[i];
      ++num_dark;
    }
  }
  if (num_dark == 0) {
    return {.counts = level_counts};
  }
  const auto num = static_cast<double>(num_dark);
  return {static_cast<float>(total_counts / num), static_cast<float>(total_photons / num)};
}

// The background is a median, which is a whole number where counts are photons: once more around
// the mean that it leads to.
float dark_mean(VolumeView<const float> counts, const NoiseModel& noise,
                VolumeView<const float> photons) {
  const Dark near_median = dark_means(counts, noise, noise.background_counts, photons);
  return dark_means(counts, noise, near_median.counts, photons).photons;
}

}  // namespace

SplitPhotons split_photons(VolumeView<const float> counts, const NoiseModel& noise,
                           double held_out_frac, std::uint64_t seed) {
  require(noise.gain_counts > 0, "photons can be split only where the gain is known");
  require(held_out_frac > 0 && held_out_frac < 1,
          "the held-out part of the photons must lie between 0 and 1");
  SplitPhotons parts{.kept = Volume<float>(MemorySpace::host, counts.extent, counts.spacing),
                     .held_out = Volume<float>(MemorySpace::host, counts.extent, counts.spacing),
                     .background_kept = 0,
                     .ratio = held_out_frac / (1 - held_out_frac)};
  const VolumeView<float> kept = parts.kept.view();
  const VolumeView<float> held_out = parts.held_out.view();
  const float read_photons = noise.read_variance_counts / (noise.gain_counts * noise.gain_counts);
  const std::int64_t num_voxels = counts.extent.num_voxels();
#pragma omp parallel for schedule(static)
  for (std::int64_t i = 0; i < num_voxels; ++i) {
    const float photons =
        std::round((counts.data[i] - noise.offset_counts) / noise.gain_counts + read_photons);
    const int num_photons = std::max(0, static_cast<int>(photons));
    const int num_held =
        draw_binomial(num_photons, held_out_frac, Random(seed, static_cast<std::uint64_t>(i)));
    held_out.data[i] = static_cast<float>(num_held);
    kept.data[i] = static_cast<float>(num_photons - num_held);
  }
  parts.background_kept = dark_mean(counts, noise, kept);
  return parts;
}

}  // namespace bramble
