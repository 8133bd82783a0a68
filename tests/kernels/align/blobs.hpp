#pragma once

#include "kernels/core/volume.hpp"

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

namespace bramble {

struct Blob {
  Position centre;
  double sigma_um = 0.8;
  double height_counts = 100;
};

// Blobs anywhere in a box, the same for the same seed.
inline std::vector<Blob> random_blobs(std::uint32_t seed, int number, Position box) {
  std::mt19937 generator(seed);
  const auto uniform = [&generator] { return static_cast<double>(generator()) / 4294967296.0; };
  std::vector<Blob> blobs;
  for (int i = 0; i < number; ++i) {
    Blob blob;
    blob.centre = {uniform() * box.z_um, uniform() * box.y_um, uniform() * box.x_um};
    blob.sigma_um = 0.6 + 0.6 * uniform();
    blob.height_counts = 50 + 100 * uniform();
    blobs.push_back(blob);
  }
  return blobs;
}

// Every blob drawn at its centre + shift, on top of noise of `noise_counts` that belongs to `seed`
// alone.
inline Volume<float> draw_blobs(const std::vector<Blob>& blobs, Position shift, Extent extent,
                                Spacing spacing, std::uint32_t seed = 0, float noise_counts = 0) {
  Volume<float> volume(MemorySpace::host, extent, spacing);
  std::mt19937 generator(seed);
  for (std::int64_t i = 0; i < extent.num_voxels(); ++i) {
    const Position place = position_of(extent.voxel(i), spacing);
    double counts = 0;
    for (const Blob& blob : blobs) {
      const double distance = distance_um(place, blob.centre + shift) / blob.sigma_um;
      counts += distance < 6 ? blob.height_counts * std::exp(-0.5 * distance * distance) : 0;
    }
    const float uniform = static_cast<float>(generator()) / 4294967296.0f - 0.5f;
    volume.voxels()[i] = static_cast<float>(counts) + noise_counts * std::sqrt(12.0f) * uniform;
  }
  return volume;
}

}  // namespace bramble
