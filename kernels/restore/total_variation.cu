#include "kernels/restore/total_variation.hpp"

#include "kernels/core/for_each_voxel.hpp"
#include "kernels/restore/inverse_root.hpp"

namespace bramble {

namespace {

constexpr float largest_weight = 0.1f;
constexpr float smallest_gradient = 1e-3f;  // photons / um

struct DampByTotalVariation {
  VolumeView<const float> values;
  VolumeView<float> damping;
  float weight_um;
  float per_um_z;
  float per_um_y;
  float per_um_x;

  // The rows above and below a row along one axis, as offsets in voxels.
  struct Offsets {
    std::int64_t next;
    std::int64_t previous;
  };

  BRAMBLE_HD static Offsets cyclic(int i, int size, std::int64_t stride) noexcept {
    return {i + 1 < size ? stride : -(size - 1) * stride, i > 0 ? -stride : (size - 1) * stride};
  }

  // Unit gradient at a voxel, one component of it.
  BRAMBLE_HD static float direction(float component, float a, float b, float c) noexcept {
    return component * inverse_root(a * a + b * b + c * c + smallest_gradient * smallest_gradient);
  }

  BRAMBLE_HD float at(const float* v, Offsets z, Offsets y, Offsets x) const noexcept {
    const auto along_z = [&](const float* p, std::int64_t to) { return (p[to] - p[0]) * per_um_z; };
    const auto along_y = [&](const float* p, std::int64_t to) { return (p[to] - p[0]) * per_um_y; };
    const auto along_x = [&](const float* p, std::int64_t to) { return (p[to] - p[0]) * per_um_x; };
    const float here_z = along_z(v, z.next);
    const float here_y = along_y(v, y.next);
    const float here_x = along_x(v, x.next);
    const float norm = direction(1.0f, here_z, here_y, here_x);
    const float* below = v + z.previous;
    const float below_z = along_z(below, -z.previous);
    const float* behind = v + y.previous;
    const float behind_y = along_y(behind, -y.previous);
    const float* left = v + x.previous;
    const float left_x = along_x(left, -x.previous);
    const float divergence =
        (here_z * norm -
         direction(below_z, below_z, along_y(below, y.next), along_x(below, x.next))) *
            per_um_z +
        (here_y * norm -
         direction(behind_y, along_z(behind, z.next), behind_y, along_x(behind, x.next))) *
            per_um_y +
        (here_x * norm - direction(left_x, along_z(left, z.next), along_y(left, y.next), left_x)) *
            per_um_x;
    return 1 - weight_um * divergence;
  }

  BRAMBLE_HD void operator()(Voxel first, int end_x) const noexcept {
    const Extent extent = values.extent;
    const Offsets z = cyclic(first.z, extent.z, static_cast<std::int64_t>(extent.y) * extent.x);
    const Offsets y = cyclic(first.y, extent.y, extent.x);
    const float* row = values.data + extent.index({first.z, first.y, 0});
    float* to = damping.data + extent.index({first.z, first.y, 0});
    for (int x = first.x; x < end_x;) {
      // The first and the last voxel reach round; between them the loop vectorises.
      const bool is_inner = x > 0 && x + 1 < extent.x;
      const int end = is_inner && end_x == extent.x ? end_x - 1 : is_inner ? end_x : x + 1;
      const Offsets along_x = cyclic(x, extent.x, 1);
      for (; x < end; ++x) {
        to[x] = at(row + x, z, y, along_x);
      }
    }
  }
};

}  // namespace

void total_variation_damping(const Exec& exec, VolumeView<const float> values,
                             VolumeView<float> damping, const TotalVariationParams& params) {
  require(values.extent == damping.extent, "values and damping differ in extent");
  require(params.weight >= 0 && params.weight <= largest_weight,
          "total_variation_weight lies outside of 0 to 0.1");
  const Spacing spacing = values.spacing;
  require(spacing.z_um > 0 && spacing.y_um > 0 && spacing.x_um > 0,
          "total variation needs the spacing of the voxels");
  for_each_row_part(exec, values.extent,
                    DampByTotalVariation{values, damping, params.weight * spacing.x_um,
                                         1 / spacing.z_um, 1 / spacing.y_um, 1 / spacing.x_um});
}

}  // namespace bramble
