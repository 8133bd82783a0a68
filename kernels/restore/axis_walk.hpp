#pragma once

#include "kernels/core/host_device.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/restore/advance_estimate.hpp"
#include "kernels/restore/axis_blur.hpp"
#include "kernels/restore/compare_model.hpp"
#include "kernels/restore/taps.hpp"

namespace bramble {

// The separable blurs on the GPU: threads that walk along z or y with the last values at hand, as
// many as there are taps, so that a value is read once for all results that it is part of. For
// for_each_walk; the CPU's sweeps take whole rows.

// The last values of a walk. Taps are added in the order of taps.hpp.
struct LastValues {
  float* values;
  int stride;
  int num_values;
  int next = 0;  // where the oldest value is, and the next will be

  BRAMBLE_HD LastValues(float* scratch, int scratch_stride, int size) noexcept
      : values(scratch), stride(scratch_stride), num_values(size) {
    for (int i = 0; i < size; ++i) {
      values[i * stride] = 0;
    }
  }

  BRAMBLE_HD void push(float value) noexcept {
    values[next * stride] = value;
    next = next + 1 == num_values ? 0 : next + 1;
  }

  // The blur whose last value was pushed: tap[0] is the oldest value's.
  BRAMBLE_HD float direct(const Taps& taps) const noexcept {
    float total = 0;
    for (int j = 0, i = next; j < num_values; ++j) {
      total += taps.tap[j] * values[i * stride];
      i = i + 1 == num_values ? 0 : i + 1;
    }
    return total;
  }

  // The transposed blur where a value was just pushed: tap[0] is the newest value's.
  BRAMBLE_HD float transposed(const Taps& taps) const noexcept {
    float total = 0;
    for (int j = 0, i = next; j < num_values; ++j) {
      i = i == 0 ? num_values - 1 : i - 1;
      total += taps.tap[j] * values[i * stride];
    }
    return total;
  }
};

// Along z, one walk for each (y, x) of the image: blur, ratio and transposed blur, in place. A
// plane is written when the one that lies all taps but one further on has been read. Bytes a voxel:
// 8, and the counts.
template <class Count>
struct CompareAlongZ {
  CompareModelOf<Count> comparison;
  VolumeView<float> in_plane;
  Taps along_z;

  int num_floats() const noexcept { return 2 * along_z.num_taps; }

  BRAMBLE_HD void operator()(Voxel walk, float* scratch, int stride) const noexcept {
    const int num_taps = along_z.num_taps;
    LastValues blurred(scratch, stride, num_taps);
    LastValues ratios(scratch + num_taps * stride, stride, num_taps);
    for (int z = 0; z < in_plane.extent.z; ++z) {
      blurred.push(in_plane(z, walk.y, walk.x));
      const Voxel v{z - num_taps + 1, walk.y, walk.x};
      if (v.z >= 0) {
        ratios.push(comparison.ratio(v, blurred.direct(along_z)));
        in_plane(v) = ratios.transposed(along_z);
      }
    }
    for (int z = in_plane.extent.z - num_taps + 1; z < in_plane.extent.z; ++z) {
      ratios.push(0);  // outside the image
      in_plane(z, walk.y, walk.x) = ratios.transposed(along_z);
    }
  }
};

// Rows that one walk along y goes through; the rows before them that it needs are computed twice.
inline constexpr int rows_per_walk = 128;

// Along y, one walk for each (z, x) of the object and for every `rows_per_walk` rows: transposed
// blur in x, then in y, and the step. Bytes a voxel: 20.
struct AdvanceAlongY {
  AdvanceEstimate advance;
  AxisBlur along_x;  // of the ratio
  Taps along_y;
  VolumeView<float> estimate;
  VolumeView<float> prediction;
  const float* seen_z;
  const float* seen_y;
  const float* seen_x;
  const float* damping;  // null: none

  int num_floats() const noexcept { return along_y.num_taps; }

  BRAMBLE_HD void operator()(Voxel walk, float* scratch, int stride) const noexcept {
    LastValues rows(scratch, stride, along_y.num_taps);
    const int begin = walk.y * rows_per_walk;
    const int end =
        begin + rows_per_walk < estimate.extent.y ? begin + rows_per_walk : estimate.extent.y;
    const int first = begin < along_y.num_taps ? 0 : begin - along_y.num_taps + 1;
    for (int y = first; y < end; ++y) {
      const Voxel v{walk.z, y, walk.x};
      rows.push(y < along_x.in.extent.y ? along_x.transposed(v, v.x) : 0);
      if (y >= begin) {
        advance(rows.transposed(along_y), seen_z[v.z] * seen_y[v.y] * seen_x[v.x],
                damping == nullptr ? 1.0f : damping[estimate.extent.index(v)], estimate(v),
                prediction(v));
      }
    }
  }
};

// The same for the image's columns: blur in x, then in y. Bytes a voxel: 8.
struct BlurAlongY {
  AxisBlur along_x;  // of the prediction
  Taps along_y;
  VolumeView<float> in_plane;

  int num_floats() const noexcept { return along_y.num_taps; }

  BRAMBLE_HD void operator()(Voxel walk, float* scratch, int stride) const noexcept {
    LastValues rows(scratch, stride, along_y.num_taps);
    const int begin = walk.y * rows_per_walk;
    const int end =
        begin + rows_per_walk < in_plane.extent.y ? begin + rows_per_walk : in_plane.extent.y;
    for (int y = begin; y < end + along_y.num_taps - 1; ++y) {
      rows.push(along_x.direct({walk.z, y, walk.x}));
      const int done = y - along_y.num_taps + 1;
      if (done >= begin) {
        in_plane(walk.z, done, walk.x) = rows.direct(along_y);
      }
    }
  }
};

}  // namespace bramble
