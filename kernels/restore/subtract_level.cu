#include "kernels/restore/subtract_level.hpp"

#include "kernels/core/for_each_voxel.hpp"

namespace bramble {

namespace {

struct SubtractVoxel {
  VolumeView<const float> values;
  VolumeView<float> result;
  float level;

  BRAMBLE_HD void operator()(Voxel v) const noexcept { result(v) = values(v) - level; }
};

}  // namespace

void subtract_level(const Exec& exec, VolumeView<const float> values, float level,
                    VolumeView<float> result) {
  require(values.extent == result.extent, "values and result differ in extent");
  for_each_voxel(exec, values.extent, SubtractVoxel{values, result, level});
}

}  // namespace bramble
