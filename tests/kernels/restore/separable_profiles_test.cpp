#include "kernels/restore/separable_profiles.hpp"

#include "kernels/core/error.hpp"
#include "kernels/restore/gaussian_psf.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace bramble {
namespace {

TEST(SeparableProfiles, gaussian_is_a_product) {
  const Volume<float> psf = gaussian_psf({0.5f, 0.12f, 0.1f}, {});

  const SeparableProfiles profiles = separable_profiles(psf.view());

  EXPECT_LT(profiles.residual_frac, 1e-5);
  const Voxel v{3, 4, 5};
  EXPECT_NEAR(profiles.scale * profiles.z[3] * profiles.y[4] * profiles.x[5], psf.view()(v), 1e-9);
}

TEST(SeparableProfiles, two_points_on_a_diagonal_leave_one_over) {
  Volume<float> psf(MemorySpace::host, {2, 2, 1}, {1, 1, 1});
  std::fill(psf.voxels().begin(), psf.voxels().end(), 0.0f);
  psf.view()(0, 0, 0) = 2;
  psf.view()(1, 1, 0) = 1;

  const SeparableProfiles profiles = separable_profiles(psf.view());

  EXPECT_NEAR(profiles.scale, 2, 1e-6);
  EXPECT_NEAR(profiles.residual_frac, std::sqrt(1.0 / 5), 1e-6);
}

TEST(SeparableProfiles, nothing_has_no_profiles) {
  Volume<float> psf(MemorySpace::host, {1, 2, 3}, {1, 1, 1});
  std::fill(psf.voxels().begin(), psf.voxels().end(), 0.0f);

  EXPECT_THROW(separable_profiles(psf.view()), DataError);
}

}  // namespace
}  // namespace bramble
