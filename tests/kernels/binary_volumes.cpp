#include "tests/kernels/binary_volumes.hpp"

#include <algorithm>
#include <random>
#include <vector>

namespace bramble {

namespace {

std::vector<double> uniform_numbers(std::int64_t size, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::vector<double> numbers(static_cast<std::size_t>(size));
  for (double& number : numbers) {
    number = static_cast<double>(engine() >> 11) * 0x1p-53;
  }
  return numbers;
}

// Mean of the 3 x 3 x 3 voxels round each voxel that lie in the volume.
std::vector<double> smoothed(const std::vector<double>& values, Extent extent) {
  std::vector<double> result(values.size());
  for (std::int64_t i = 0; i < extent.num_voxels(); ++i) {
    const Voxel centre = extent.voxel(i);
    double total = 0;
    int count = 0;
    for (int k = 0; k < 27; ++k) {
      const Voxel v{centre.z + k / 9 - 1, centre.y + k / 3 % 3 - 1, centre.x + k % 3 - 1};
      if (extent.contains(v)) {
        total += values[static_cast<std::size_t>(extent.index(v))];
        ++count;
      }
    }
    result[static_cast<std::size_t>(i)] = total / count;
  }
  return result;
}

}  // namespace

Mask smoothed_noise(Extent extent, std::uint64_t seed, double foreground_frac) {
  const std::vector<double> values =
      smoothed(smoothed(uniform_numbers(extent.num_voxels(), seed), extent), extent);
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  const double threshold = sorted[static_cast<std::size_t>((1 - foreground_frac) *
                                                           static_cast<double>(sorted.size() - 1))];
  return mask_where(extent, [&](Voxel v) {
    return values[static_cast<std::size_t>(extent.index(v))] > threshold;
  });
}

Mask noise(Extent extent, std::uint64_t seed, double foreground_frac) {
  const std::vector<double> values = uniform_numbers(extent.num_voxels(), seed);
  return mask_where(extent, [&](Voxel v) {
    return values[static_cast<std::size_t>(extent.index(v))] < foreground_frac;
  });
}

BitVolume bits_of(const Mask& mask) {
  BitVolume bits;
  pack_bits(cpu_exec, mask.view(), bits);
  return bits;
}

Mask mask_of(const BitVolume& bits) {
  Mask mask(MemorySpace::host, bits.extent(), {1, 1, 1});
  unpack_bits(cpu_exec, bits, mask.view());
  return mask;
}

bool same(const Mask& a, const Mask& b) {
  return a.extent() == b.extent() &&
         std::equal(a.voxels().begin(), a.voxels().end(), b.voxels().begin());
}

}  // namespace bramble
