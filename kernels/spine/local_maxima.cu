#include "kernels/spine/local_maxima.hpp"

#include "kernels/core/compact.hpp"
#include "kernels/core/for_each_voxel.hpp"

namespace bramble {

namespace {

struct FlagMaximum {
  VolumeView<const float> values;
  std::uint8_t* flags;
  float threshold;
  Extent radius;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const std::int64_t i = values.extent.index(v);
    flags[i] = values.data[i] > threshold && is_largest(v, i) ? 1 : 0;
  }

  BRAMBLE_HD bool is_largest(Voxel v, std::int64_t i) const noexcept {
    const Extent extent = values.extent;
    const auto low = [](int at, int r) { return at < r ? 0 : at - r; };
    const auto high = [](int at, int r, int n) { return at + r < n ? at + r : n - 1; };
    const float value = values.data[i];
    for (int z = low(v.z, radius.z); z <= high(v.z, radius.z, extent.z); ++z) {
      for (int y = low(v.y, radius.y); y <= high(v.y, radius.y, extent.y); ++y) {
        for (int x = low(v.x, radius.x); x <= high(v.x, radius.x, extent.x); ++x) {
          const std::int64_t j = extent.index({z, y, x});
          if (values.data[j] > value || (values.data[j] == value && j < i)) {
            return false;
          }
        }
      }
    }
    return true;
  }
};

}  // namespace

std::vector<Voxel> find_local_maxima(const Exec& exec, VolumeView<const float> values,
                                     const LocalMaximaParams& params, LocalMaximaScratch& scratch) {
  require(params.radius.z >= 0 && params.radius.y >= 0 && params.radius.x >= 0,
          "negative box radius");
  const std::int64_t size = values.extent.num_voxels();
  scratch.flags.resize(size);
  for_each_voxel(exec, values.extent,
                 FlagMaximum{values, scratch.flags.data(), params.threshold, params.radius});
  compact_indices(exec, scratch.flags.data(), size, scratch.indices);
  Array<std::int64_t> found;
  copy(exec, scratch.indices, found);
  std::vector<Voxel> maxima;
  for (const std::int64_t i : found) {
    maxima.push_back(values.extent.voxel(i));
  }
  return maxima;
}

}  // namespace bramble
