#include "kernels/core/maximum_projection.hpp"

#include "kernels/core/for_each_voxel.hpp"

namespace bramble {

namespace {

template <class Count>
struct ProjectColumn {
  VolumeView<const Count> volume;
  VolumeView<float> projection;
  float level;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    Count largest = volume(0, v.y, v.x);
    for (int z = 1; z < volume.extent.z; ++z) {
      const Count value = volume(z, v.y, v.x);
      largest = value > largest ? value : largest;
    }
    projection(v) = static_cast<float>(largest) - level;
  }
};

}  // namespace

void maximum_projection(const Exec& exec, CountsView volume, float level,
                        VolumeView<float> projection) {
  require(projection.extent == Extent{1, volume.extent.y, volume.extent.x} && volume.extent.z > 0,
          "a projection has one plane of the volume's size");
  volume.visit([&]<class Count>(VolumeView<const Count> counts) {
    for_each_voxel(exec, projection.extent, ProjectColumn<Count>{counts, projection, level});
  });
}

}  // namespace bramble
