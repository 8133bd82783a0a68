#include "pipeline/phantom/detector.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/phantom/random.hpp"
#include "pipeline/phantom/voxel_noise.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace bramble {
namespace {

constexpr int batch = VoxelNoise::size;

// From this mean on, rejection needs fewer steps than inversion.
constexpr float inversion_limit = 10;

// 1 / k, so that the sum of probabilities needs no division. 60 photons at a mean of 10 are less
// likely than the last bit of the uniform number.
constexpr int most_photons = 60;
constexpr std::array<double, most_photons + 1> reciprocals = [] {
  std::array<double, most_photons + 1> values{};
  for (int k = 1; k <= most_photons; ++k) {
    values[static_cast<std::size_t>(k)] = 1.0 / k;
  }
  return values;
}();

// The smallest k whose cumulative probability reaches a uniform number of 32 bits.
int poisson_by_inversion(double mean, std::uint32_t bits) {
  const double wanted = (static_cast<double>(bits) + 0.5) * 0x1.0p-32;
  double probability = std::exp(-mean);
  double cumulative = probability;
  int k = 0;
  while (wanted > cumulative && k < most_photons) {
    ++k;
    probability *= mean * reciprocals[static_cast<std::size_t>(k)];
    cumulative += probability;
  }
  return k;
}

void detect_batch(const PhantomDetector& detector, std::uint64_t key, std::int64_t first,
                  int num_voxels, const float* photons, std::uint16_t* counts) {
  VoxelNoise noise;
  draw_noise(key, static_cast<std::uint64_t>(first), noise);
  std::array<float, batch> num_photons{};
  for (int i = 0; i < num_voxels; ++i) {
    const auto lane = static_cast<std::size_t>(i);
    const float mean = photons[i];
    num_photons[lane] =
        mean < inversion_limit
            ? static_cast<float>(poisson_by_inversion(mean, noise.uniform[lane]))
            : static_cast<float>(Random(key, static_cast<std::uint64_t>(first + i)).poisson(mean));
  }
  const float excess_variance = detector.excess_noise_factor - 1;
  const auto saturation = static_cast<float>(detector.saturation_counts);
  std::array<std::uint16_t, batch> detected;
  for (std::size_t i = 0; i < batch; ++i) {
    const float excess = std::sqrt(excess_variance * num_photons[i]);
    const float charge = std::max(0.0f, num_photons[i] + excess * noise.first_normal[i]);
    const float level = detector.gain_counts_per_photon * charge + detector.offset_counts +
                        detector.read_noise_counts * noise.second_normal[i];
    const float clipped = std::min(std::max(level, 0.0f), saturation);
    detected[i] = static_cast<std::uint16_t>(static_cast<std::int32_t>(clipped + 0.5f));
  }
  std::copy(detected.begin(), detected.begin() + num_voxels, counts);
}

}  // namespace

void detect(const PhantomDetector& detector, std::uint64_t key, VolumeView<const float> photons,
            VolumeView<std::uint16_t> counts) {
  require(photons.extent == counts.extent, "photons and counts differ in extent");
  const std::int64_t num_voxels = photons.extent.num_voxels();
#pragma omp parallel for schedule(static)
  for (std::int64_t first = 0; first < num_voxels; first += batch) {
    const auto size = static_cast<int>(std::min<std::int64_t>(batch, num_voxels - first));
    detect_batch(detector, key, first, size, photons.data + first, counts.data + first);
  }
}

}  // namespace bramble
