#include "pipeline/stack/spine_features.hpp"

#include "kernels/core/gaussian.hpp"
#include "kernels/spine/blob_response.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace bramble {
namespace {

constexpr Spacing spacing{1.0f, 0.12f, 0.12f};

Volume<float> smoothed(const Volume<float>& in, float sigma_um) {
  Volume<float> scratch(MemorySpace::host, in.extent(), spacing);
  Volume<float> out(MemorySpace::host, in.extent(), spacing);
  smooth_gaussian(cpu_exec, in.view(), scratch.view(), out.view(),
                  {spine_sigma_z_um, sigma_um, sigma_um});
  return out;
}

Volume<float> blobs(const Volume<float>& in) {
  const Volume<float> at_scale = smoothed(in, blob_sigma_um);
  Volume<float> out(MemorySpace::host, in.extent(), spacing);
  blob_response(cpu_exec, at_scale.view(), blob_sigma_um, out.view());
  return out;
}

TEST(SpineFeatures, blob_noise_gain_is_that_of_filtered_white_noise) {
  Volume<float> noise(MemorySpace::host, {20, 120, 120}, spacing);
  std::mt19937 generator(5);
  std::normal_distribution<float> normal(0, 10);
  for (float& value : noise.voxels()) {
    value = normal(generator);
  }

  const Volume<float> response = blobs(noise);

  double square = 0;
  int count = 0;
  for (int z = 4; z < 16; ++z) {
    for (int y = 12; y < 108; ++y) {
      for (int x = 12; x < 108; ++x) {
        square += std::pow(response.view()(z, y, x), 2);
        ++count;
      }
    }
  }
  EXPECT_NEAR(std::sqrt(square / count), 10 * blob_noise_gain(spacing),
              0.08 * 10 * blob_noise_gain(spacing));
}

TEST(SpineFeatures, a_drawn_spine_measures_as_drawn) {
  // A shaft along x at y = 6 um and a head 1.2 um beside it, half as bright.
  Volume<float> stack(MemorySpace::host, {9, 100, 100}, spacing);
  for (std::int64_t i = 0; i < stack.voxels().size(); ++i) {
    const Position p = position_of(stack.extent().voxel(i), spacing);
    const double deep = std::exp(-0.5 * std::pow((p.z_um - 4) / 0.8, 2));
    const double shaft = 200 * std::exp(-0.5 * std::pow((p.y_um - 6) / 0.3, 2));
    const double head =
        100 * std::exp(-0.5 * (std::pow(p.y_um - 7.2, 2) + std::pow(p.x_um - 6, 2)) / 0.06);
    stack.voxels()[i] = static_cast<float>(deep * (shaft + head));
  }
  const Volume<float> fine = smoothed(stack, fine_sigma_um);
  const Volume<float> medium = smoothed(stack, medium_sigma_um);
  const Volume<float> blob = blobs(stack);
  Dendrite dendrite;
  for (int i = 4; i <= 44; ++i) {
    dendrite.nodes.push_back({4, 6, 0.25 * i});
    dendrite.radius_um.push_back(0.35f);
    dendrite.brightness_counts.push_back(medium.view()(4, 50, 50));
  }
  const std::vector<Dendrite> dendrites{dendrite};
  const ShaftIndex shafts(dendrites, 4.0);
  const Position head{4, 7.2, 6};

  const SpineFeatures features = measure_features({.head = head, .shaft = shafts.locate(head)},
                                                  shafts, {fine.view(), medium.view(), blob.view()},
                                                  {.gain_counts = 1, .read_variance_counts = 1});

  EXPECT_NEAR(features.beyond_edge_um, 1.2 - 0.35, 0.02);
  EXPECT_NEAR(features.axial_offset_um, 0, 1e-6);
  EXPECT_NEAR(features.head_over_shaft, 0.5, 0.15);
  EXPECT_GT(features.blob_over_head, 0.4);
  EXPECT_GT(features.blob_snr, 5);
  EXPECT_LT(features.outward_over_head, 0.3);
  EXPECT_LT(features.beside_over_head, 0.5);
  EXPECT_LT(features.above_below_over_head, 0.3);
  EXPECT_GT(features.neck_over_head, 0.2);
}

}  // namespace
}  // namespace bramble
