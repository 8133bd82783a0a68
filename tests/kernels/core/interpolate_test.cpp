#include "kernels/core/interpolate.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

// value = 100 z + 10 y + x in um.
Volume<float> ramp() {
  Volume<float> volume(MemorySpace::host, {3, 4, 5}, {2.0f, 0.5f, 0.25f});
  for (std::int64_t i = 0; i < volume.voxels().size(); ++i) {
    const Position p = position_of(volume.extent().voxel(i), volume.spacing());
    volume.voxels()[i] = static_cast<float>(100 * p.z_um + 10 * p.y_um + p.x_um);
  }
  return volume;
}

TEST(Interpolate, is_exact_on_a_linear_ramp) {
  const Volume<float> volume = ramp();

  EXPECT_NEAR(interpolate(volume.view(), {1.0, 0.6, 0.3}), 106.3f, 1e-4);
  EXPECT_NEAR(interpolate(volume.view(), {4.0, 1.5, 1.0}), 416.0f, 1e-4);
}

TEST(Interpolate, outside_gives_the_value_at_the_border) {
  const Volume<float> volume = ramp();

  EXPECT_NEAR(interpolate(volume.view(), {-5, 0.5, 0.5}), 5.5f, 1e-4);
  EXPECT_NEAR(interpolate(volume.view(), {99, 99, 99}), 416.0f, 1e-4);
}

}  // namespace
}  // namespace bramble
