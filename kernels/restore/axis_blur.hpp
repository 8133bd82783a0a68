#pragma once

#include "kernels/core/host_device.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/restore/taps.hpp"

namespace bramble {

// The blur along one axis, one voxel at a time, on the GPU.
struct AxisBlur {
  VolumeView<const float> in;
  std::int64_t stride = 1;  // between neighbours along the axis, in voxels of `in`
  int size = 0;             // of `in` along the axis
  Taps taps;

  // sum of tap[j] in[v + j]: `in` is longer than the result by the taps but one.
  BRAMBLE_HD float direct(Voxel v) const noexcept {
    const float* first = in.data + in.extent.index(v);
    float total = 0;
    for (int j = 0; j < taps.num_taps; ++j) {
      total += taps.tap[j] * first[j * stride];
    }
    return total;
  }

  // sum of tap[j] in[v - j], `in` being 0 outside; `along` is v's index along the axis. The result
  // is longer than `in`.
  BRAMBLE_HD float transposed(Voxel v, int along) const noexcept {
    const int first = along < size ? 0 : along - size + 1;
    const int last = along < taps.num_taps ? along : taps.num_taps - 1;
    const std::int64_t place =
        (static_cast<std::int64_t>(v.z) * in.extent.y + v.y) * in.extent.x + v.x;
    float total = 0;
    for (int j = first; j <= last; ++j) {
      total += taps.tap[j] * in.data[place - j * stride];
    }
    return total;
  }
};

struct DirectVoxel {
  AxisBlur blur;
  VolumeView<float> out;

  BRAMBLE_HD void operator()(Voxel v) const noexcept { out(v) = blur.direct(v); }
};

}  // namespace bramble
