#include "kernels/core/fill.hpp"

#include "kernels/core/for_each_voxel.hpp"

namespace bramble {

namespace {

struct SetValue {
  float* values;
  float value;

  BRAMBLE_HD void operator()(std::int64_t i) const noexcept { values[i] = value; }
};

}  // namespace

void fill(const Exec& exec, VolumeView<float> volume, float value) {
  for_each_index(exec, volume.extent.num_voxels(), SetValue{volume.data, value});
}

}  // namespace bramble
