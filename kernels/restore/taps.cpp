#include "kernels/restore/taps.hpp"

#include <algorithm>
#include <string>

namespace bramble {

Taps taps_of(const std::vector<float>& factor) {
  require(factor.size() <= static_cast<std::size_t>(Taps::max_taps),
          "a PSF of " + std::to_string(factor.size()) +
              " voxels along an axis (at most 129 in real space); crop it");
  Taps taps;
  taps.num_taps = static_cast<int>(factor.size());
  std::reverse_copy(factor.begin(), factor.end(), taps.tap);
  return taps;
}

// The part of each object voxel's light that falls on the image, along one axis.
Array<float> seen_along(const Exec& exec, const Taps& taps, int size) {
  Array<float> seen(MemorySpace::host, size + taps.num_taps - 1);
  for (int i = 0; i < seen.size(); ++i) {
    double total = 0;
    for (int j = std::max(0, i - size + 1); j <= std::min(i, taps.num_taps - 1); ++j) {
      total += static_cast<double>(taps.tap[j]);
    }
    seen[i] = static_cast<float>(total);
  }
  Array<float> result(exec.space());
  copy(exec, seen, result);
  synchronize(exec);
  return result;
}

}  // namespace bramble
