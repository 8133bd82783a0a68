#include "pipeline/phantom/detector.hpp"

#include "pipeline/phantom/random.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {
namespace {

std::uint16_t detect_voxel(const Detector& detector, double expected_photons, Random random) {
  const auto num_photons = static_cast<double>(random.poisson(expected_photons));
  const NormalPair noise = random.normal_pair();
  const double excess = std::sqrt((detector.excess_noise_factor - 1) * num_photons);
  const double charge = std::max(0.0, num_photons + excess * noise.first);
  const double counts = detector.gain_counts_per_photon * charge + detector.offset_counts +
                        detector.read_noise_counts * noise.second;
  return static_cast<std::uint16_t>(
      std::clamp(std::round(counts), 0.0, static_cast<double>(detector.saturation_counts)));
}

}  // namespace

void detect(const Detector& detector, std::uint64_t key, VolumeView<const float> photons,
            VolumeView<std::uint16_t> counts) {
  require(photons.extent == counts.extent, "photons and counts differ in extent");
  const std::int64_t num_voxels = photons.extent.num_voxels();
#pragma omp parallel for schedule(static)
  for (std::int64_t i = 0; i < num_voxels; ++i) {
    counts.data[i] =
        detect_voxel(detector, photons.data[i], Random(key, static_cast<std::uint64_t>(i)));
  }
}

}  // namespace bramble
