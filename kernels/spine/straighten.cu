#include "kernels/spine/straighten.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/for_each_voxel.hpp"
#include "kernels/core/interpolate.hpp"

namespace bramble {

namespace {

struct SampleBesideShaft {
  VolumeView<const float> stack;
  const Station* stations;
  VolumeView<float> straight;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const Station& station = stations[v.y];
    if (station.last < 0) {
      straight(v) = 0;
      return;
    }
    Position at =
        station.axis + station.across * (static_cast<float>(v.x - StraightGrid::half_across) *
                                         StraightGrid::across_um);
    at.z_um += static_cast<float>(v.z - StraightGrid::half_axial) * StraightGrid::axial_um;
    straight(v) = interpolate(stack, at);
  }
};

}  // namespace

void straighten(const Exec& exec, VolumeView<const float> stack, const Station* stations,
                VolumeView<float> straight) {
  require(straight.extent == StraightGrid::extent(straight.extent.y),
          "a straightened stack of another shape");
  for_each_voxel(exec, straight.extent, SampleBesideShaft{stack, stations, straight});
}

}  // namespace bramble
