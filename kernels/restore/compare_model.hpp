#pragma once

#include "kernels/core/host_device.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/restore/inverse_root.hpp"
#include "kernels/restore/natural_log.hpp"
#include "kernels/restore/photon_data.hpp"

namespace bramble {

// What is summed over the voxels of a part, one array of sums each.
enum class ModelSum { held_out, residual, squared_residual, num_voxels, neighbours, num_pairs };
inline constexpr int num_model_sums = 6;

// Compares the data with the model m = H x + b + v, a row or a part of a row at a time. `blurred`
// is the row of H x, indexed by the part's x.
template <class Count>
struct CompareModelOf {
  PhotonDataOf<Count> data;
  bool with_residuals = false;
  // [sum][slab][x] with the part's width; a slab is whatever one thread works on alone.
  double* sums = nullptr;
  int num_slabs = 0;

  // Keeps ratio and likelihood finite where the model is nothing but rounding.
  static constexpr float floor_photons = 1e-3f;

  // blurred = d / m inside the image, 0 outside of it.
  BRAMBLE_HD void divide(Voxel first, int end_x, float* blurred) const noexcept {
    const bool is_inside = first.z < data.part.z && first.y < data.part.y;
    const int inside_end = !is_inside ? first.x : end_x < data.part.x ? end_x : data.part.x;
    if (is_inside) {
      divide_inside(first, inside_end, blurred);
    }
    for (int x = inside_end < first.x ? first.x : inside_end; x < end_x; ++x) {
      blurred[x] = 0;
    }
  }

  // d / m at one voxel of the part.
  BRAMBLE_HD float ratio(Voxel v, float blurred) const noexcept {
    const BackgroundField::Segment background =
        data.background.row_at(data.origin.z + v.z, data.origin.y + v.y)
            .segment_at(v.x + data.origin.x);
    return ratio(data.row_at(v.z, v.y), v.x, background.at(v.x + data.origin.x), blurred);
  }

  // Adds columns [first.x, end_x) of one row, which lies in the part, to the sums of its slab.
  BRAMBLE_HD void add(int slab, Voxel first, int end_x, const float* blurred) const noexcept {
    if (data.held_out.data != nullptr) {
      add_held_out(slab, first, end_x, blurred);
    }
    if (with_residuals) {
      add_residuals(slab, first, end_x, blurred);
    }
  }

 private:
  using Row = typename PhotonDataOf<Count>::Row;

  BRAMBLE_HD static float bounded(float model) noexcept {
    return model > floor_photons ? model : floor_photons;
  }

  BRAMBLE_HD static float ratio(const Row& row, int x, float background, float blurred) noexcept {
    const float model = bounded(blurred + (background + row.read_variance_photons));
    const float photons = row.photons(x);
    const float at_least = model > photons ? model : photons;
    return (row.is_saturated(x) ? at_least : photons) / model;
  }

  BRAMBLE_HD double* sums_of(ModelSum sum, int slab) const noexcept {
    return sums + (static_cast<std::int64_t>(sum) * num_slabs + slab) * data.part.x;
  }

  BRAMBLE_HD void divide_inside(Voxel first, int end_x, float* blurred) const noexcept {
    const Row row = data.row_at(first.z, first.y);
    const int origin_x = data.origin.x;
    data.for_each_segment(
        first.z, first.y, first.x, end_x,
        [row, origin_x, blurred](BackgroundField::Segment background, int from, int to) {
          for (int x = from; x < to; ++x) {
            blurred[x] = ratio(row, x, background.at(x + origin_x), blurred[x]);
          }
        });
  }

  // Of the held-out photons h (see HeldOut): (h + q u) log(q m) - q m + h u / m, u = b + v.
  BRAMBLE_HD void add_held_out(int slab, Voxel first, int end_x,
                               const float* blurred) const noexcept {
    const Row row = data.row_at(first.z, first.y);
    const int origin_x = data.origin.x;
    double* total = sums_of(ModelSum::held_out, slab);
    data.for_each_segment(
        first.z, first.y, first.x, end_x,
        [row, origin_x, blurred, total](BackgroundField::Segment background, int from, int to) {
          for (int x = from; x < to; ++x) {
            const float shift = background.at(x + origin_x) + row.read_variance_photons;
            const float dark = shift > 0 ? shift : 0;
            const float model = bounded(blurred[x] + shift);
            const float expected = row.held_out_ratio * model;
            const float held_out = row.held_out[x];
            const float gain = (held_out + row.held_out_ratio * dark) * natural_log(expected) -
                               expected + held_out * dark / model;
            total[x] += static_cast<double>(row.is_saturated(x) ? 0.0f : gain);
          }
        });
  }

  // Columns [from, to) of one row and the neighbour of the last: their residuals, 0 where
  // saturated.
  static constexpr int columns_at_once = 64;
  struct Residuals {
    float value[columns_at_once + 1];
    float is_counted[columns_at_once + 1];
  };

  BRAMBLE_HD void find_residuals(int z, int y, int from, int to, const float* blurred,
                                 Residuals& found) const noexcept {
    const Row row = data.row_at(z, y);
    const int origin_x = data.origin.x;
    float* value = found.value - from;
    float* is_counted = found.is_counted - from;
    value[to] = 0;  // beyond the end of the row
    is_counted[to] = 0;
    data.for_each_segment(
        z, y, from, to < data.part.x ? to + 1 : to,
        [row, origin_x, blurred, value, is_counted](BackgroundField::Segment background, int begin,
                                                    int end) {
          for (int x = begin; x < end; ++x) {
            const float shift = background.at(x + origin_x) + row.read_variance_photons;
            const float model = bounded(blurred[x] + shift);
            const float photons = row.unshifted_photons(x) + row.read_variance_photons;
            const float residual = (photons - model) * inverse_root(model);
            value[x] = row.is_saturated(x) ? 0.0f : residual;
            is_counted[x] = row.is_saturated(x) ? 0.0f : 1.0f;
          }
        });
  }

  BRAMBLE_HD void add_residuals(int slab, Voxel first, int end_x,
                                const float* blurred) const noexcept {
    double* sum = sums_of(ModelSum::residual, slab);
    double* squared = sums_of(ModelSum::squared_residual, slab);
    double* num_voxels = sums_of(ModelSum::num_voxels, slab);
    double* neighbours = sums_of(ModelSum::neighbours, slab);
    double* num_pairs = sums_of(ModelSum::num_pairs, slab);
    Residuals found;
    for (int from = first.x; from < end_x; from += columns_at_once) {
      const int to = from + columns_at_once < end_x ? from + columns_at_once : end_x;
      find_residuals(first.z, first.y, from, to, blurred, found);
      for (int i = 0; i < to - from; ++i) {
        const auto value = static_cast<double>(found.value[i]);
        sum[from + i] += value;
        squared[from + i] += value * value;
        num_voxels[from + i] += static_cast<double>(found.is_counted[i]);
        neighbours[from + i] += value * static_cast<double>(found.value[i + 1]);
        num_pairs[from + i] += static_cast<double>(found.is_counted[i] * found.is_counted[i + 1]);
      }
    }
  }
};
using CompareModel = CompareModelOf<float>;

// The sums of a whole volume on the GPU. Called for parts of one row a plane: goes down the plane,
// so that neighbouring threads read neighbouring voxels and every column is summed by one thread.
template <class Count>
struct AddPlanes {
  CompareModelOf<Count> comparison;
  VolumeView<const float> blurred;

  BRAMBLE_HD void operator()(Voxel first, int end_x) const noexcept {
    for (int y = 0; y < comparison.data.part.y; ++y) {
      comparison.add(first.z, {first.z, y, first.x}, end_x, &blurred(first.z, y, 0));
    }
  }
};

}  // namespace bramble
