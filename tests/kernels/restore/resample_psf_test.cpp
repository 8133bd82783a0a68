#include "kernels/restore/resample_psf.hpp"

#include "kernels/core/error.hpp"
#include "kernels/restore/psf_grid.hpp"
#include "tests/kernels/restore/gaussian_spot.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

TEST(ResamplePsf, same_grid_gives_the_same_values) {
  Volume<float> psf(MemorySpace::host, {3, 5, 1}, {0.7f, 0.11f, 0.13f});
  for (std::int64_t i = 0; i < psf.voxels().size(); ++i) {
    psf.voxels()[i] = static_cast<float>(i * i % 7);
  }

  const Volume<float> same =
      resample_psf(psf.view(), position_of(middle_of(psf.extent()), psf.spacing()), psf.spacing());

  ASSERT_EQ(same.extent(), psf.extent());
  for (std::int64_t i = 0; i < psf.voxels().size(); ++i) {
    EXPECT_EQ(same.voxels()[i], psf.voxels()[i]);
  }
}

TEST(ResamplePsf, even_extent_becomes_odd_around_the_given_centre) {
  const Spot spot{.extent = {6, 8, 8}, .spacing = {0.5f, 0.1f, 0.1f}};

  const Volume<float> psf = resample_psf(gaussian_spot(spot).view(), spot.middle(), spot.spacing);

  EXPECT_EQ(psf.extent(), (Extent{7, 9, 9}));
  EXPECT_NEAR(psf.view()(3, 4, 4), 1.0f, 0.01f);
  EXPECT_NEAR(psf.view()(3, 4, 3), psf.view()(3, 4, 5), 1e-5f);
}

TEST(ResamplePsf, finer_and_coarser_grids_keep_a_gaussian) {
  const Spot spot{.extent = {21, 31, 31}, .spacing = {0.5f, 0.1f, 0.1f}};
  const Volume<float> measured = gaussian_spot(spot);

  const Spacing spacing{0.8f, 0.07f, 0.13f};
  const Volume<float> psf = resample_psf(measured.view(), spot.middle(), spacing);

  const Voxel middle = middle_of(psf.extent());
  for (int i = 0; i < 6; ++i) {
    const Position along_y{0, i * 0.07, 0};
    const Position along_x{0, 0, i * 0.13};
    EXPECT_NEAR(psf.view()(middle.z, middle.y + i, middle.x), spot.value(along_y), 2e-3) << i;
    EXPECT_NEAR(psf.view()(middle.z, middle.y, middle.x - i), spot.value(along_x), 2e-3) << i;
  }
  EXPECT_NEAR(psf.view()(middle.z + 1, middle.y, middle.x), spot.value({0.8, 0, 0}), 2e-3);
}

TEST(ResamplePsf, spacings_must_be_positive) {
  const Spot spot{.extent = {3, 3, 3}, .spacing = {1, 1, 1}};

  EXPECT_THROW(resample_psf(gaussian_spot(spot).view(), {}, {0, 1, 1}), InvalidArgument);
  EXPECT_THROW(resample_psf(gaussian_spot(spot).view(), {}, {1, NAN, 1}), InvalidArgument);
}

}  // namespace
}  // namespace bramble
