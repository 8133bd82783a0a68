#include "kernels/spine/blob_response.hpp"

#include "kernels/core/gaussian.hpp"
#include "tests/kernels/execs.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

TEST(BlobResponse, single_voxel_by_hand) {
  Volume<float> smoothed(MemorySpace::host, {1, 5, 5}, {1, 0.5f, 0.25f});
  std::fill(smoothed.voxels().begin(), smoothed.voxels().end(), 0.0f);
  smoothed.view()(0, 2, 2) = 3;
  Volume<float> response(MemorySpace::host, smoothed.extent(), smoothed.spacing());

  blob_response(cpu_exec, std::as_const(smoothed).view(), 0.5f, response.view());

  // sigma^2 / spacing^2 is 1 in y and 4 in x.
  EXPECT_FLOAT_EQ(response.view()(0, 2, 2), 1 * 6 + 4 * 6);
  EXPECT_FLOAT_EQ(response.view()(0, 1, 2), -3);
  EXPECT_FLOAT_EQ(response.view()(0, 2, 1), -12);
  EXPECT_FLOAT_EQ(response.view()(0, 0, 0), 0);
}

TEST(BlobResponse, linear_ramp_has_none) {
  Volume<float> smoothed(MemorySpace::host, {2, 6, 7}, {1, 0.1f, 0.1f});
  for (std::int64_t i = 0; i < smoothed.voxels().size(); ++i) {
    const Voxel v = smoothed.extent().voxel(i);
    smoothed.voxels()[i] = static_cast<float>(3 * v.y + 2 * v.x);
  }
  Volume<float> response(MemorySpace::host, smoothed.extent(), smoothed.spacing());

  blob_response(cpu_exec, std::as_const(smoothed).view(), 0.2f, response.view());

  for (const float value : response.voxels()) {
    EXPECT_NEAR(value, 0, 1e-4);
  }
}

TEST(BlobResponse, gaussian_blob_peaks_with_the_closed_form) {
  // A blob exp(-r^2 / 2 s^2) after smoothing with sigma has, at its centre, the in-plane response
  // 2 sigma^2 / (s^2 + sigma^2) times its smoothed peak.
  const float blob_um = 0.4f;
  const float sigma_um = 0.3f;
  const float smoothed_um2 = blob_um * blob_um + sigma_um * sigma_um;
  Volume<float> smoothed(MemorySpace::host, {1, 81, 81}, {1, 0.05f, 0.05f});
  for (std::int64_t i = 0; i < smoothed.voxels().size(); ++i) {
    const Position p =
        position_of(smoothed.extent().voxel(i), smoothed.spacing()) - Position{0, 2, 2};
    smoothed.voxels()[i] = std::exp(-0.5f * static_cast<float>(dot(p, p)) / smoothed_um2);
  }
  Volume<float> response(MemorySpace::host, smoothed.extent(), smoothed.spacing());

  blob_response(cpu_exec, std::as_const(smoothed).view(), sigma_um, response.view());

  EXPECT_NEAR(response.view()(0, 40, 40), 2 * sigma_um * sigma_um / smoothed_um2, 0.01);
}

}  // namespace
}  // namespace bramble
