#include "kernels/align/overlap_correlation.hpp"

#include "kernels/core/for_each_voxel.hpp"
#include "kernels/core/interpolate.hpp"
#include "kernels/core/memory.hpp"

#include <cmath>

namespace bramble {

namespace {

// Sums over the voxels of `fixed` that `moving` covers, f and m being their compressed values.
struct PairSums {
  double count = 0;
  double f = 0;
  double m = 0;
  double ff = 0;
  double mm = 0;
  double fm = 0;
};

// A position that lies on the outermost voxel centres but for rounding is inside.
constexpr double rounding_um = 1e-6;

BRAMBLE_HD bool within(double position_um, int size, float spacing_um) {
  return position_um >= -rounding_um &&
         position_um <= (size - 1) * static_cast<double>(spacing_um) + rounding_um;
}

BRAMBLE_HD bool covers(VolumeView<const float> volume, Position p) {
  return within(p.z_um, volume.extent.z, volume.spacing.z_um) &&
         within(p.y_um, volume.extent.y, volume.spacing.y_um) &&
         within(p.x_um, volume.extent.x, volume.spacing.x_um);
}

BRAMBLE_HD double compressed(float counts) {
  return static_cast<double>(sqrtf(counts > 0 ? counts : 0));
}

struct SumPairsOfRow {
  VolumeView<const float> fixed;
  VolumeView<const float> moving;
  Position shift;
  PairSums* row_sums;

  BRAMBLE_HD void operator()(std::int64_t row) const noexcept {
    Voxel v{static_cast<int>(row / fixed.extent.y), static_cast<int>(row % fixed.extent.y), 0};
    PairSums sums;
    for (v.x = 0; v.x < fixed.extent.x; ++v.x) {
      const Position in_moving = position_of(v, fixed.spacing) + shift;
      if (!covers(moving, in_moving)) {
        continue;
      }
      const double f = compressed(fixed(v));
      const double m = compressed(interpolate(moving, in_moving));
      sums.count += 1;
      sums.f += f;
      sums.m += m;
      sums.ff += f * f;
      sums.mm += m * m;
      sums.fm += f * m;
    }
    row_sums[row] = sums;
  }
};

PairSums total_of(const Array<PairSums>& rows) {
  PairSums total;
  for (const PairSums& row : rows) {
    total.count += row.count;
    total.f += row.f;
    total.m += row.m;
    total.ff += row.ff;
    total.mm += row.mm;
    total.fm += row.fm;
  }
  return total;
}

}  // namespace

OverlapCorrelation correlate_overlap(const Exec& exec, VolumeView<const float> fixed,
                                     VolumeView<const float> moving, Position shift) {
  if (fixed.extent.num_voxels() == 0 || moving.extent.num_voxels() == 0) {
    return {};
  }
  Array<PairSums> row_sums(exec.space(), fixed.extent.num_rows());
  for_each_index(exec, row_sums.size(), SumPairsOfRow{fixed, moving, shift, row_sums.data()});
  Array<PairSums> on_host;
  copy(exec, row_sums, on_host);
  const PairSums sums = total_of(on_host);
  OverlapCorrelation result;
  result.overlap_frac =
      static_cast<float>(sums.count / static_cast<double>(fixed.extent.num_voxels()));
  const double variances =
      (sums.count * sums.ff - sums.f * sums.f) * (sums.count * sums.mm - sums.m * sums.m);
  if (variances > 0) {
    result.correlation =
        static_cast<float>((sums.count * sums.fm - sums.f * sums.m) / std::sqrt(variances));
  }
  return result;
}

}  // namespace bramble
