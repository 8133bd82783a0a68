#pragma once

#include "kernels/core/host_device.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/restore/advance_estimate.hpp"
#include "kernels/restore/compare_model.hpp"
#include "kernels/restore/taps.hpp"

namespace bramble {

// The blur along one axis, one voxel at a time, for the GPU; the CPU's sweeps take whole rows.
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

struct TransposedVoxel {
  AxisBlur blur;
  VolumeView<float> out;
  bool along_z;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    out(v) = blur.transposed(v, along_z ? v.z : v.y);
  }
};

struct ModelOfVoxel {
  AxisBlur blur;
  CompareModel comparison;
  VolumeView<float> ratio;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    ratio(v) = blur.direct(v);
    comparison.divide(v, v.x + 1, &ratio(v.z, v.y, 0));
  }
};

struct AdvanceVoxel {
  AdvanceEstimate advance;
  AxisBlur blur;
  VolumeView<float> estimate;
  VolumeView<float> prediction;
  const float* seen_z;
  const float* seen_y;
  const float* seen_x;
  const float* damping;  // null: none

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const float seen_frac = seen_z[v.z] * seen_y[v.y] * seen_x[v.x];
    advance(blur.transposed(v, v.x), seen_frac,
            damping == nullptr ? 1.0f : damping[estimate.extent.index(v)], estimate(v),
            prediction(v));
  }
};

}  // namespace bramble
