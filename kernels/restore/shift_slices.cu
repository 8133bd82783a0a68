#include "kernels/restore/shift_slices.hpp"

#include "kernels/core/for_each_voxel.hpp"
#include "kernels/restore/lanczos.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {

namespace {

constexpr int lobes = 3;
constexpr int num_taps = 2 * lobes;

// The weights of the voxels first, first + 1, ... from a voxel's own place on, along one axis.
struct Taps {
  int first = 0;
  int nearest = 0;
  float shift_vox = 0;
  float weight[num_taps] = {};
};

struct ShiftedSlice {
  Taps y;
  Taps x;
  bool recorded = true;
  bool moved = false;
};

Taps make_taps(float shift_vox) {
  Taps taps;
  taps.shift_vox = shift_vox;
  taps.nearest = static_cast<int>(std::lround(shift_vox));
  const int whole = static_cast<int>(std::floor(shift_vox));
  taps.first = whole - lobes + 1;
  double weights[num_taps];
  double sum = 0;
  for (int i = 0; i < num_taps; ++i) {
    weights[i] = lanczos(static_cast<double>(shift_vox) - (taps.first + i), lobes);
    sum += weights[i];
  }
  for (int i = 0; i < num_taps; ++i) {
    taps.weight[i] = static_cast<float>(weights[i] / sum);
  }
  return taps;
}

BRAMBLE_HD int clamped(int index, int length) noexcept {
  return index < 0 ? 0 : index < length ? index : length - 1;
}

BRAMBLE_HD bool inside(int index, float shift_vox, int length) noexcept {
  const float place = static_cast<float>(index) + shift_vox;
  return place >= 0 && place <= static_cast<float>(length - 1);
}

template <class Count>
struct ReadShifted {
  VolumeView<const Count> stack;
  const ShiftedSlice* slices;
  float saturation;
  VolumeView<float> corrected;

  BRAMBLE_HD void operator()(Voxel v) const noexcept { corrected(v) = value(v); }

  BRAMBLE_HD float value(Voxel v) const noexcept {
    if (is_recorded(v)) {
      return read(v);
    }
    int below = v.z - 1;
    while (below >= 0 && !is_recorded({below, v.y, v.x})) {
      --below;
    }
    int above = v.z + 1;
    while (above < stack.extent.z && !is_recorded({above, v.y, v.x})) {
      ++above;
    }
    const bool has_below = below >= 0;
    const bool has_above = above < stack.extent.z;
    if (has_below && has_above) {
      const float part = static_cast<float>(v.z - below) / static_cast<float>(above - below);
      return read({below, v.y, v.x}) * (1 - part) + read({above, v.y, v.x}) * part;
    }
    if (has_below || has_above) {
      return read({has_below ? below : above, v.y, v.x});
    }
    return read({nearest_slice(v.z), v.y, v.x});
  }

  BRAMBLE_HD bool is_recorded(Voxel v) const noexcept {
    const ShiftedSlice& slice = slices[v.z];
    return slice.recorded && inside(v.y, slice.y.shift_vox, stack.extent.y) &&
           inside(v.x, slice.x.shift_vox, stack.extent.x);
  }

  // The slice itself, or the nearest that shows anything; there is one.
  BRAMBLE_HD int nearest_slice(int z) const noexcept {
    for (int distance = 0;; ++distance) {
      if (z - distance >= 0 && slices[z - distance].recorded) {
        return z - distance;
      }
      if (z + distance < stack.extent.z && slices[z + distance].recorded) {
        return z + distance;
      }
    }
  }

  BRAMBLE_HD float read(Voxel v) const noexcept {
    const ShiftedSlice& slice = slices[v.z];
    if (!slice.moved) {
      return static_cast<float>(stack(v));
    }
    const auto nearest =
        static_cast<float>(stack(v.z, clamped(v.y + slice.y.nearest, stack.extent.y),
                                 clamped(v.x + slice.x.nearest, stack.extent.x)));
    if (nearest >= saturation) {
      return nearest;
    }
    float total = 0;
    for (int i = 0; i < num_taps; ++i) {
      const int y = clamped(v.y + slice.y.first + i, stack.extent.y);
      float row = 0;
      for (int j = 0; j < num_taps; ++j) {
        const int x = clamped(v.x + slice.x.first + j, stack.extent.x);
        row += slice.x.weight[j] * static_cast<float>(stack(v.z, y, x));
      }
      total += slice.y.weight[i] * row;
    }
    return total;
  }
};

}  // namespace

void shift_slices(const Exec& exec, CountsView stack, const std::vector<SliceShift>& shifts,
                  float saturation_counts, VolumeView<float> corrected) {
  require(stack.extent == corrected.extent, "the stack and the corrected one differ in extent");
  require(static_cast<std::int64_t>(shifts.size()) == stack.extent.z, "one shift a slice");
  require(shifts.empty() || std::any_of(shifts.begin(), shifts.end(),
                                        [](const SliceShift& shift) { return shift.recorded; }),
          "no slice shows anything");
  Array<ShiftedSlice> on_host(MemorySpace::host, stack.extent.z);
  for (int z = 0; z < stack.extent.z; ++z) {
    const SliceShift& shift = shifts[static_cast<std::size_t>(z)];
    on_host[z] = {.y = make_taps(shift.y_um / stack.spacing.y_um),
                  .x = make_taps(shift.x_um / stack.spacing.x_um),
                  .recorded = shift.recorded,
                  .moved = shift.y_um != 0 || shift.x_um != 0};
  }
  Array<ShiftedSlice> slices(exec.space());
  copy(exec, on_host, slices);
  stack.visit([&]<class Count>(VolumeView<const Count> counts) {
    for_each_voxel(exec, counts.extent,
                   ReadShifted<Count>{counts, slices.data(), saturation_counts, corrected});
  });
  // The tables are in use until the stream has come this far.
  synchronize(exec);
}

}  // namespace bramble
