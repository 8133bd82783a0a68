#include "kernels/spine/blob_response.hpp"

#include "kernels/core/for_each_voxel.hpp"

namespace bramble {

namespace {

struct BlobVoxel {
  VolumeView<const float> smoothed;
  VolumeView<float> response;
  float weight_y;  // sigma^2 / spacing^2
  float weight_x;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const Extent extent = smoothed.extent;
    const std::int64_t i = extent.index(v);
    if (v.y == 0 || v.y == extent.y - 1 || v.x == 0 || v.x == extent.x - 1) {
      response.data[i] = 0;
      return;
    }
    const float* value = smoothed.data + i;
    const float twice = 2 * value[0];
    response.data[i] = weight_y * (twice - value[-extent.x] - value[extent.x]) +
                       weight_x * (twice - value[-1] - value[1]);
  }
};

}  // namespace

void blob_response(const Exec& exec, VolumeView<const float> smoothed, float sigma_um,
                   VolumeView<float> response) {
  require(smoothed.extent == response.extent, "smoothed and response differ in extent");
  require(sigma_um > 0, "a blob scale must be positive");
  const float sigma_y_vox = sigma_um / smoothed.spacing.y_um;
  const float sigma_x_vox = sigma_um / smoothed.spacing.x_um;
  for_each_voxel(
      exec, smoothed.extent,
      BlobVoxel{smoothed, response, sigma_y_vox * sigma_y_vox, sigma_x_vox * sigma_x_vox});
}

}  // namespace bramble
