#include "kernels/segment/tubeness.hpp"

#include "kernels/core/for_each_voxel.hpp"
#include "kernels/core/gaussian.hpp"
#include "kernels/segment/tube_of_hessian.hpp"

namespace bramble {

namespace {

// As many voxels as the CPU works on at a time: their second derivatives stay in the nearest cache.
constexpr int group_size = 64;

// sigma^2 over the products of two spacings; of different axes, also over the four of a mixed
// difference.
struct Weights {
  float zz;
  float yy;
  float xx;
  float zy;
  float zx;
  float yx;

  Weights(float sigma_um, Spacing spacing) {
    const float z_vox = sigma_um / spacing.z_um;
    const float y_vox = sigma_um / spacing.y_um;
    const float x_vox = sigma_um / spacing.x_um;
    zz = z_vox * z_vox;
    yy = y_vox * y_vox;
    xx = x_vox * x_vox;
    zy = 0.25f * z_vox * y_vox;
    zx = 0.25f * z_vox * x_vox;
    yx = 0.25f * y_vox * x_vox;
  }
};

// A row and its eight neighbours; outside of the volume, the border rows again.
struct Rows {
  const float* low_low;  // z - 1, y - 1
  const float* low_mid;
  const float* low_high;
  const float* mid_low;
  const float* mid_mid;
  const float* mid_high;
  const float* high_low;
  const float* high_mid;
  const float* high_high;

  BRAMBLE_HD Rows(VolumeView<const float> volume, Voxel v) noexcept {
    const std::int64_t plane = volume.extent.index({1, 0, 0});
    const std::int64_t low_z = v.z > 0 ? -plane : 0;
    const std::int64_t high_z = v.z < volume.extent.z - 1 ? plane : 0;
    const std::int64_t low_y = v.y > 0 ? -volume.extent.x : 0;
    const std::int64_t high_y = v.y < volume.extent.y - 1 ? volume.extent.x : 0;
    mid_mid = volume.data + volume.extent.index({v.z, v.y, 0});
    mid_low = mid_mid + low_y;
    mid_high = mid_mid + high_y;
    low_low = mid_low + low_z;
    low_mid = mid_mid + low_z;
    low_high = mid_high + low_z;
    high_low = mid_low + high_z;
    high_mid = mid_mid + high_z;
    high_high = mid_high + high_z;
  }
};

// The second derivatives of a group of voxels, each an array of its own for the vector code.
template <int size>
struct HessianGroup {
  float zz[size];
  float yy[size];
  float xx[size];
  float zy[size];
  float zx[size];
  float yx[size];

  BRAMBLE_HD Hessian operator[](int i) const noexcept {
    return {zz[i], yy[i], xx[i], zy[i], zx[i], yx[i]};
  }
};

struct RaiseRow {
  VolumeView<const float> smoothed;
  Weights weights;
  VolumeView<float> response;

  BRAMBLE_HD void operator()(Voxel first, int end_x) const noexcept {
    const Rows rows(smoothed, first);
    const int last_x = smoothed.extent.x - 1;
    float* to = response.data + response.extent.index({first.z, first.y, 0});
    const int end_inside = end_x < last_x ? end_x : last_x;
    const bool has_group = end_x - first.x >= group_size + 2;  // and a border voxel at each end
    int x = first.x;
    while (x < end_x) {
      if (has_group && x > 0 && x < end_inside) {
        // The last group begins earlier, so that it is whole; maxima may be taken twice.
        x = x + group_size < end_inside ? x : end_inside - group_size;
        raise<group_size>(rows, x, -1, 1, to);
        x += group_size;
      } else {
        raise<1>(rows, x, x > 0 ? -1 : 0, x < last_x ? 1 : 0, to);
        ++x;
      }
    }
  }

  // Voxels x, ..., x + size - 1; left and right are the steps to their neighbours.
  template <int size>
  BRAMBLE_HD void raise(const Rows& rows, int x, int left, int right, float* to) const noexcept {
    HessianGroup<size> hessians;
    if (differentiate(rows, x, left, right, hessians) == 0) {
      return;
    }
    float found[size];
    for (int i = 0; i < size; ++i) {
      found[i] = tube_of_hessian(hessians[i]);
    }
    for (int i = 0; i < size; ++i) {
      to[x + i] = to[x + i] < found[i] ? found[i] : to[x + i];
    }
  }

  // Returns at how many voxels the second derivatives have a negative sum: all others respond with
  // 0.
  template <int size>
  BRAMBLE_HD int differentiate(const Rows& rows, int x, int left, int right,
                               HessianGroup<size>& hessians) const noexcept {
    int num_bright = 0;
    for (int i = 0; i < size; ++i) {
      const int at = x + i;
      const int low = at + left;
      const int high = at + right;
      const float twice = 2 * rows.mid_mid[at];
      const float zz = weights.zz * (rows.low_mid[at] + rows.high_mid[at] - twice);
      const float yy = weights.yy * (rows.mid_low[at] + rows.mid_high[at] - twice);
      const float xx = weights.xx * (rows.mid_mid[low] + rows.mid_mid[high] - twice);
      hessians.zz[i] = zz;
      hessians.yy[i] = yy;
      hessians.xx[i] = xx;
      hessians.zy[i] = weights.zy * ((rows.high_high[at] - rows.high_low[at]) -
                                     (rows.low_high[at] - rows.low_low[at]));
      hessians.zx[i] = weights.zx * ((rows.high_mid[high] - rows.high_mid[low]) -
                                     (rows.low_mid[high] - rows.low_mid[low]));
      hessians.yx[i] = weights.yx * ((rows.mid_high[high] - rows.mid_high[low]) -
                                     (rows.mid_low[high] - rows.mid_low[low]));
      num_bright += zz + yy + xx < 0 ? 1 : 0;
    }
    return num_bright;
  }
};

}  // namespace

void tubeness(const Exec& exec, VolumeView<const float> values, const TubenessParams& params,
              const TubenessScratch& scratch, VolumeView<float> response) {
  require(values.extent == response.extent, "values and response differ in extent");
  require(!params.sigmas_um.empty(), "tubeness needs a scale");
  if (values.extent.num_voxels() == 0) {
    return;
  }
  require(response.data != values.data && response.data != scratch.smoothed.data &&
              response.data != scratch.pass.data,
          "tubeness does not work in place");
  fill_bytes(exec, response.data, 0,
             static_cast<std::size_t>(response.extent.num_voxels()) * sizeof(float));
  for (const float sigma_um : params.sigmas_um) {
    smooth_gaussian(exec, values, scratch.pass, scratch.smoothed, {sigma_um, sigma_um, sigma_um});
    // smooth_gaussian knows the spacing of `values` alone.
    raise_to_tubeness(exec, {scratch.smoothed.data, values.extent, values.spacing}, sigma_um,
                      response);
  }
}

void raise_to_tubeness(const Exec& exec, VolumeView<const float> smoothed, float sigma_um,
                       VolumeView<float> response) {
  require(smoothed.extent == response.extent, "smoothed and response differ in extent");
  require(sigma_um > 0, "a tube scale must be positive");
  for_each_row_part(exec, smoothed.extent,
                    RaiseRow{smoothed, Weights(sigma_um, smoothed.spacing), response});
}

}  // namespace bramble
