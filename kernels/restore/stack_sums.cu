#include "kernels/restore/stack_sums.hpp"

#include "kernels/core/for_each_voxel.hpp"
#include "kernels/restore/advance_estimate.hpp"

#include <cstdint>

namespace bramble {

namespace {

// sums[z][x]: photons less background, as they are.
template <class Count>
struct AddSignal {
  PhotonDataOf<Count> data;
  double* sums;

  BRAMBLE_HD void operator()(Voxel first, int end_x) const noexcept {
    double* total = sums + static_cast<std::int64_t>(first.z) * data.part.x;
    for (int y = 0; y < data.part.y; ++y) {
      const typename PhotonDataOf<Count>::Row row = data.row_at(first.z, y);
      const int origin_x = data.origin.x;
      data.for_each_segment(
          first.z, y, first.x, end_x,
          [row, origin_x, total](BackgroundField::Segment background, int from, int to) {
            for (int x = from; x < to; ++x) {
              total[x] +=
                  static_cast<double>(row.unshifted_photons(x) - background.at(x + origin_x));
            }
          });
    }
  }
};

// sums[z][x]: voxels at the floor.
struct CountFloor {
  VolumeView<const float> restored;
  double* sums;

  BRAMBLE_HD void operator()(Voxel first, int end_x) const noexcept {
    double* total = sums + static_cast<std::int64_t>(first.z) * restored.extent.x;
    for (int y = 0; y < restored.extent.y; ++y) {
      const float* row = &restored(first.z, y, 0);
      for (int x = first.x; x < end_x; ++x) {
        total[x] += row[x] <= AdvanceEstimate::floor_photons ? 1.0 : 0.0;
      }
    }
  }
};

}  // namespace

template <class Count>
double mean_signal(const Exec& exec, const PhotonDataOf<Count>& data, ColumnSums& sums) {
  sums.clear(exec, 1, data.part.z, data.part.x);
  for_each_row_part(exec, Extent{data.part.z, 1, data.part.x},
                    AddSignal<Count>{data, sums.columns()});
  return sums.total(exec)[0] / static_cast<double>(data.part.num_voxels());
}

template double mean_signal(const Exec&, const PhotonDataOf<float>&, ColumnSums&);
template double mean_signal(const Exec&, const PhotonDataOf<std::uint16_t>&, ColumnSums&);
template double mean_signal(const Exec&, const PhotonDataOf<std::int16_t>&, ColumnSums&);

double floor_frac(const Exec& exec, VolumeView<const float> restored, ColumnSums& sums) {
  const Extent extent = restored.extent;
  sums.clear(exec, 1, extent.z, extent.x);
  for_each_row_part(exec, Extent{extent.z, 1, extent.x}, CountFloor{restored, sums.columns()});
  return sums.total(exec)[0] / static_cast<double>(extent.num_voxels());
}

}  // namespace bramble
