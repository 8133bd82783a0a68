#include "kernels/core/maximum_projection.hpp"

#include "kernels/core/for_each_voxel.hpp"

namespace bramble {

namespace {

struct ProjectColumn {
  VolumeView<const float> volume;
  VolumeView<float> projection;
  float level;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    float largest = volume(0, v.y, v.x);
    for (int z = 1; z < volume.extent.z; ++z) {
      const float value = volume(z, v.y, v.x);
      largest = value > largest ? value : largest;
    }
    projection(v) = largest - level;
  }
};

}  // namespace

void maximum_projection(const Exec& exec, VolumeView<const float> volume, float level,
                        VolumeView<float> projection) {
  require(projection.extent == Extent{1, volume.extent.y, volume.extent.x} && volume.extent.z > 0,
          "a projection has one plane of the volume's size");
  for_each_voxel(exec, projection.extent, ProjectColumn{volume, projection, level});
}

}  // namespace bramble
