#include "kernels/restore/crop_psf.hpp"

#include "kernels/core/error.hpp"
#include "kernels/restore/gaussian_psf.hpp"
#include "kernels/restore/psf_grid.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

// Energies 1, 9, 80, 9, 1 along x.
Volume<float> five_voxels() {
  Volume<float> psf(MemorySpace::host, {1, 1, 5}, {1, 1, 1});
  float* const values = psf.voxels().data();
  values[0] = values[4] = 1;
  values[1] = values[3] = 9;
  values[2] = 80;
  return psf;
}

TEST(CropPsf, keeps_the_smallest_box_with_the_energy) {
  const CroppedPsf cropped = crop_psf(five_voxels(), {.energy_frac = 0.95f});

  EXPECT_EQ(cropped.psf.extent(), (Extent{1, 1, 3}));
  EXPECT_NEAR(cropped.energy_frac, 0.98, 1e-6);
  EXPECT_NEAR(cropped.psf.voxels()[1], 80.0 / 98, 1e-6);
}

TEST(CropPsf, whole_energy_keeps_every_voxel) {
  const CroppedPsf cropped = crop_psf(five_voxels(), {.energy_frac = 1});

  EXPECT_EQ(cropped.psf.extent(), (Extent{1, 1, 5}));
  EXPECT_EQ(cropped.energy_frac, 1);
}

TEST(CropPsf, image_of_one_voxel_leaves_the_middle) {
  const CroppedPsf cropped = crop_psf(five_voxels(), {.image = {1, 1, 1}});

  EXPECT_EQ(cropped.psf.extent(), (Extent{1, 1, 1}));
  EXPECT_NEAR(cropped.energy_frac, 0.8, 1e-6);
  EXPECT_EQ(cropped.psf.voxels()[0], 1);
}

TEST(CropPsf, thin_stack_limits_planes_to_twice_its_depth_less_one) {
  const Volume<float> psf = gaussian_psf({0.5f, 0.1f, 0.1f}, {});
  ASSERT_GT(psf.extent().z, 5);

  const CroppedPsf cropped = crop_psf(psf, {.image = {3, 0, 0}, .energy_frac = 1});

  EXPECT_EQ(cropped.psf.extent(), (Extent{5, psf.extent().y, psf.extent().x}));
  // Samples every 0.62 standard deviations: 1 + 2 (0.825 + 0.464) of 1 + 2 x 1.522.
  EXPECT_NEAR(cropped.energy_frac, 0.8847, 0.0002);
  EXPECT_NEAR(sum_of(cropped.psf.view()), 1, 1e-6);
}

TEST(CropPsf, gaussian_loses_no_more_than_allowed) {
  const Volume<float> psf = gaussian_psf({1.0f, 0.12f, 0.1f}, {});

  const CroppedPsf cropped = crop_psf(psf, {.energy_frac = 0.99f});

  EXPECT_GE(cropped.energy_frac, 0.99);
  EXPECT_LT(cropped.energy_frac, 0.995);
  EXPECT_LT(cropped.psf.extent().num_voxels(), psf.extent().num_voxels() / 2);
}

TEST(CropPsf, even_extents_and_fractions_out_of_range_are_refused) {
  const Volume<float> even(MemorySpace::host, {2, 1, 1}, {1, 1, 1});

  EXPECT_THROW(crop_psf(even, {}), InvalidArgument);
  EXPECT_THROW(crop_psf(five_voxels(), {.energy_frac = 0}), InvalidArgument);
  EXPECT_THROW(crop_psf(five_voxels(), {.energy_frac = 1.01f}), InvalidArgument);
}

}  // namespace
}  // namespace bramble
