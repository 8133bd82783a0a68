#include "kernels/core/gaussian.hpp"

#include "kernels/core/for_each_voxel.hpp"

#include <cmath>

namespace bramble {

namespace {

constexpr int max_radius = 192;  // two kilobytes of kernel arguments
constexpr float support_sigma = 4.0f;
constexpr int slices_at_a_time = 8;  // in place: more than that need not be kept

// Weights at 0, 1, ..., radius voxels, not normalised, and the sum of those at 1, ..., i.
struct Taps {
  int radius = 0;
  float weight[max_radius + 1] = {};
  float sum[max_radius + 1] = {};
};

Taps make_taps(float sigma_um, float spacing_um) {
  const float sigma_vox = sigma_um / spacing_um;
  Taps taps;
  taps.weight[0] = 1;
  taps.radius = static_cast<int>(std::ceil(support_sigma * sigma_vox));
  require(taps.radius <= max_radius,
          "a Gaussian of more than 48 voxels sigma: average the volume first");
  for (int i = 1; i <= taps.radius; ++i) {
    const double u = i / static_cast<double>(sigma_vox);
    taps.weight[i] = static_cast<float>(std::exp(-0.5 * u * u));
    taps.sum[i] = taps.sum[i - 1] + taps.weight[i];
  }
  return taps;
}

BRAMBLE_HD int smaller(int a, int b) noexcept { return a < b ? a : b; }
BRAMBLE_HD int larger(int a, int b) noexcept { return a < b ? b : a; }

// Smooths a part of a row across rows: along y or z, whose neighbours lie `stride` voxels apart.
struct SmoothAcrossRows {
  VolumeView<const float> in;
  VolumeView<float> out;
  Taps taps;
  std::int64_t stride;
  bool along_z;

  BRAMBLE_HD void operator()(Voxel first, int end_x) const noexcept {
    const int position = along_z ? first.z : first.y;
    const int size = along_z ? in.extent.z : in.extent.y;
    const int below = smaller(position, taps.radius);
    const int above = smaller(size - 1 - position, taps.radius);
    const float scale = 1 / (taps.weight[0] + taps.sum[below] + taps.sum[above]);
    const std::int64_t row = in.extent.index({first.z, first.y, 0});
    const float* from = in.data + row;
    float* to = out.data + row;
    for (int x = first.x; x < end_x; ++x) {
      to[x] = taps.weight[0] * scale * from[x];
    }
    for (int i = 1; i <= below; ++i) {
      const float weight = taps.weight[i] * scale;
      for (int x = first.x; x < end_x; ++x) {
        to[x] += weight * from[x - i * stride];
      }
    }
    for (int i = 1; i <= above; ++i) {
      const float weight = taps.weight[i] * scale;
      for (int x = first.x; x < end_x; ++x) {
        to[x] += weight * from[x + i * stride];
      }
    }
  }
};

// Smooths a part of a row along itself.
struct SmoothAlongRow {
  VolumeView<const float> in;
  VolumeView<float> out;
  Taps taps;

  BRAMBLE_HD void operator()(Voxel first, int end_x) const noexcept {
    const int size = in.extent.x;
    const std::int64_t row = in.extent.index({first.z, first.y, 0});
    const float* from = in.data + row;
    float* to = out.data + row;
    for (int x = first.x; x < end_x; ++x) {
      to[x] = taps.weight[0] * from[x];
    }
    for (int i = 1; i <= taps.radius; ++i) {
      for (int x = larger(first.x, i); x < end_x; ++x) {
        to[x] += taps.weight[i] * from[x - i];
      }
      for (int x = first.x; x < smaller(end_x, size - i); ++x) {
        to[x] += taps.weight[i] * from[x + i];
      }
    }
    for (int x = first.x; x < end_x; ++x) {
      to[x] /= taps.weight[0] + taps.sum[smaller(x, taps.radius)] +
               taps.sum[smaller(size - 1 - x, taps.radius)];
    }
  }
};

// Smooths a part of a row along z in place. Slices before `end_saved` are read as they were, from
// `saved`, which holds the last of them in turn; those behind are still so.
struct SmoothAcrossSlices {
  VolumeView<float> volume;
  Taps taps;
  VolumeView<const float> saved;
  int end_saved;
  int first_slice;

  // first.z counts from `first_slice`.
  BRAMBLE_HD void operator()(Voxel first, int end_x) const noexcept {
    const int z = first_slice + first.z;
    const int below = smaller(z, taps.radius);
    const int above = smaller(volume.extent.z - 1 - z, taps.radius);
    const float scale = 1 / (taps.weight[0] + taps.sum[below] + taps.sum[above]);
    const float* from = row_as_it_was(z, first.y);
    float* to = volume.data + volume.extent.index({z, first.y, 0});
    for (int x = first.x; x < end_x; ++x) {
      to[x] = taps.weight[0] * scale * from[x];
    }
    for (int i = 1; i <= below; ++i) {
      add(taps.weight[i] * scale, row_as_it_was(z - i, first.y), first.x, end_x, to);
    }
    for (int i = 1; i <= above; ++i) {
      add(taps.weight[i] * scale, row_as_it_was(z + i, first.y), first.x, end_x, to);
    }
  }

  BRAMBLE_HD const float* row_as_it_was(int z, int y) const noexcept {
    return z < end_saved ? saved.data + saved.extent.index({z % saved.extent.z, y, 0})
                         : volume.data + volume.extent.index({z, y, 0});
  }

  BRAMBLE_HD static void add(float weight, const float* from, int x, int end_x,
                             float* to) noexcept {
    for (; x < end_x; ++x) {
      to[x] += weight * from[x];
    }
  }
};

// saved = the slices of a volume from `first_slice` on, each in its turn.
struct SaveRow {
  VolumeView<const float> volume;
  VolumeView<float> saved;
  int first_slice;

  // first.z counts from `first_slice`.
  BRAMBLE_HD void operator()(Voxel first, int end_x) const noexcept {
    const int z = first_slice + first.z;
    const float* from = volume.data + volume.extent.index({z, first.y, 0});
    float* to = saved.data + saved.extent.index({z % saved.extent.z, first.y, 0});
    for (int x = first.x; x < end_x; ++x) {
      to[x] = from[x];
    }
  }
};

// The slices [first, end) of a volume as a volume.
template <class T>
VolumeView<T> slices_of(VolumeView<T> volume, int first, int end) {
  const Extent extent{end - first, volume.extent.y, volume.extent.x};
  return {volume.data + volume.extent.index({first, 0, 0}), extent, volume.spacing};
}

void check_sigmas(const GaussianParams& params) {
  require(params.sigma_z_um >= 0 && params.sigma_y_um >= 0 && params.sigma_x_um >= 0,
          "negative sigma");
}

}  // namespace

void smooth_gaussian(const Exec& exec, VolumeView<const float> in, VolumeView<float> scratch,
                     VolumeView<float> out, const GaussianParams& params) {
  require(in.extent == scratch.extent && in.extent == out.extent,
          "in, scratch and out differ in extent");
  require(in.data != out.data, "smoothing does not work in place");
  check_sigmas(params);
  const std::int64_t row = in.extent.x;
  const Taps along_z = make_taps(params.sigma_z_um, in.spacing.z_um);
  const Taps along_y = make_taps(params.sigma_y_um, in.spacing.y_um);
  const Taps along_x = make_taps(params.sigma_x_um, in.spacing.x_um);
  for_each_row_part(exec, in.extent, SmoothAlongRow{in, out, along_x});
  for_each_row_part(exec, in.extent, SmoothAcrossRows{out, scratch, along_y, row, false});
  for_each_row_part(exec, in.extent,
                    SmoothAcrossRows{scratch, out, along_z, row * in.extent.y, true});
}

void smooth_gaussian(const Exec& exec, VolumeView<const float> in, Volume<float>& slices,
                     VolumeView<float> out, const GaussianParams& params) {
  require(in.extent == out.extent, "in and out differ in extent");
  check_sigmas(params);
  const Extent extent = in.extent;
  const Taps along_z = make_taps(params.sigma_z_um, in.spacing.z_um);
  const Taps along_y = make_taps(params.sigma_y_um, in.spacing.y_um);
  const Taps along_x = make_taps(params.sigma_x_um, in.spacing.x_um);
  slices.reshape({slices_at_a_time + along_z.radius, extent.y, extent.x}, in.spacing);
  for (int z = 0; z < extent.z; z += slices_at_a_time) {
    const int end = smaller(z + slices_at_a_time, extent.z);
    const VolumeView<float> scratch = slices_of(slices.view(), 0, end - z);
    for_each_row_part(exec, scratch.extent,
                      SmoothAlongRow{slices_of(in, z, end), scratch, along_x});
    for_each_row_part(exec, scratch.extent,
                      SmoothAcrossRows{scratch, slices_of(out, z, end), along_y, extent.x, false});
  }
  const VolumeView<float> saved = slices.view();
  for (int z = 0; z < extent.z; z += slices_at_a_time) {
    const int end = smaller(z + slices_at_a_time, extent.z);
    const Extent part{end - z, extent.y, extent.x};
    for_each_row_part(exec, part, SaveRow{out, saved, z});
    for_each_row_part(exec, part, SmoothAcrossSlices{out, along_z, saved, end, z});
  }
}

}  // namespace bramble
