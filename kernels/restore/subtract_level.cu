#include "kernels/restore/subtract_level.hpp"

#include "kernels/core/for_each_voxel.hpp"

namespace bramble {

namespace {

template <class Count>
struct SubtractVoxel {
  VolumeView<const Count> values;
  VolumeView<float> result;
  float level;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    result(v) = static_cast<float>(values(v)) - level;
  }
};

}  // namespace

void subtract_level(const Exec& exec, CountsView values, float level, VolumeView<float> result) {
  require(values.extent == result.extent, "values and result differ in extent");
  values.visit([&]<class Count>(VolumeView<const Count> counts) {
    for_each_voxel(exec, counts.extent, SubtractVoxel<Count>{counts, result, level});
  });
}

}  // namespace bramble
