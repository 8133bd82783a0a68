#include "kernels/core/error.hpp"
#include "kernels/restore/deconvolution.hpp"
#include "kernels/restore/prepare_psf.hpp"
#include "tests/kernels/restore/deconvolution_cases.hpp"
#include "tests/kernels/restore/gaussian_spot.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

// PSFs as users have them: off centre, of even size, on a background, mirrored.
namespace bramble {
namespace {

constexpr Spacing pitch{0.5f, 0.1f, 0.1f};
constexpr Extent image{17, 33, 33};
constexpr double bead_photons = 5000;

// Narrow enough to lie in the image altogether.
Spot narrow_spot() {
  return {.extent = {13, 19, 19}, .spacing = pitch, .fwhm_xy_um = 0.3, .fwhm_z_um = 1.5};
}

// A bead somewhere between the voxels, seen through the spot.
constexpr Position bead{8.2 * 0.5, 16.3 * 0.1, 15.6 * 0.1};

Volume<float> image_of_bead() {
  const Spot spot = narrow_spot();
  Volume<float> result(MemorySpace::host, image, pitch);
  double sum = 0;
  for (std::int64_t i = 0; i < image.num_voxels(); ++i) {
    const double value = spot.value(position_of(image.voxel(i), pitch) - bead);
    result.voxels()[i] = static_cast<float>(value);
    sum += value;
  }
  for (float& value : result.voxels()) {
    value = static_cast<float>(static_cast<double>(value) * bead_photons / sum);
  }
  return result;
}

Restored restored_with(const Volume<float>& psf, const Volume<float>& photons) {
  Deconvolver deconvolver(cpu_exec, photons.extent(), psf);
  return restore_photons(deconvolver, photons, {.iterations = 20});
}

// In voxels.
struct Centroid {
  double z = 0;
  double y = 0;
  double x = 0;
};

Centroid centroid_of(const Volume<float>& volume) {
  Centroid sum;
  double mass = 0;
  for (std::int64_t i = 0; i < volume.voxels().size(); ++i) {
    const Voxel v = volume.extent().voxel(i);
    const auto value = static_cast<double>(volume.voxels()[i]);
    mass += value;
    sum.z += value * v.z;
    sum.y += value * v.y;
    sum.x += value * v.x;
  }
  return {sum.z / mass, sum.y / mass, sum.x / mass};
}

TEST(DeconvolutionPitfalls, bead_stays_in_place_with_a_psf_off_centre_or_of_even_size) {
  const Volume<float> photons = image_of_bead();
  const Centroid before = centroid_of(photons);
  const Extent extents[] = {{13, 19, 19}, {12, 18, 20}};
  const Position offsets[] = {{0, 0, 0}, {0.25, 0.05, 0.05}, {-0.25, 0.05, -0.05}};
  for (const Extent extent : extents) {
    for (const Position& off_middle : offsets) {
      SCOPED_TRACE(testing::Message() << extent.z << " planes, off by " << off_middle.z_um);
      Spot spot = narrow_spot();
      spot.extent = extent;
      spot.off_middle = off_middle;

      const PreparedPsf prepared = prepare_psf(gaussian_spot(spot).view(), {.spacing = pitch});
      const Centroid after = centroid_of(restored_with(prepared.psf, photons).photons);

      EXPECT_NEAR(after.z, before.z, 0.05);
      EXPECT_NEAR(after.y, before.y, 0.05);
      EXPECT_NEAR(after.x, before.x, 0.05);
    }
  }
}

Volume<float> normalised(Volume<float> psf) {
  const double sum = total(psf);
  for (float& value : psf.voxels()) {
    value = static_cast<float>(static_cast<double>(value) / sum);
  }
  return psf;
}

TEST(DeconvolutionPitfalls, psf_off_centre_that_is_not_prepared_moves_the_bead) {
  const Volume<float> photons = image_of_bead();
  Spot spot = narrow_spot();
  spot.off_middle = {0.25, 0.05, 0.05};

  const Centroid after =
      centroid_of(restored_with(normalised(gaussian_spot(spot)), photons).photons);

  EXPECT_NEAR(after.x, centroid_of(photons).x - 0.5, 0.1);
}

TEST(DeconvolutionPitfalls, flux_is_kept_with_a_psf_on_a_background_with_negative_pixels) {
  const Volume<float> photons = image_of_bead();
  Volume<float> measured = gaussian_spot(narrow_spot());
  std::mt19937 random(9);
  std::normal_distribution<float> noise(0, 4);
  for (float& value : measured.voxels()) {
    value = 800 * value + 5 + noise(random);
  }
  ASSERT_LT(*std::min_element(measured.voxels().begin(), measured.voxels().end()), 0);

  const PreparedPsf prepared = prepare_psf(measured.view(), {.spacing = pitch});
  const Restored found = restored_with(prepared.psf, photons);

  EXPECT_THROW(Deconvolver(cpu_exec, image, measured), InvalidArgument);
  EXPECT_NEAR(total(prepared.psf), 1, 1e-6);
  EXPECT_NEAR(total(found.photons) / bead_photons, 1, 0.01);
}

// A spot with a tail on one side in depth and in plane: no symmetry at all, and no product.
Volume<float> comet_psf() {
  Volume<float> psf = leaning_psf({7, 7, 9}, 1.0, 1.2, 0);
  psf.view()(5, 4, 6) += 0.15f;
  psf.view()(6, 5, 7) += 0.1f;
  return normalised(std::move(psf));
}

Volume<float> mirrored(const Volume<float>& psf) {
  Volume<float> result(MemorySpace::host, psf.extent(), psf.spacing());
  std::reverse_copy(psf.voxels().begin(), psf.voxels().end(), result.voxels().begin());
  return result;
}

TEST(DeconvolutionPitfalls, psf_without_symmetry_is_not_taken_for_its_mirror_image) {
  Volume<float> object = constant({11, 21, 25}, 0);
  object.view()(5, 10, 12) = 2000;
  const Volume<float> photons = convolved(object, comet_psf());
  Deconvolver right(cpu_exec, photons.extent(), comet_psf());
  Deconvolver wrong(cpu_exec, photons.extent(), mirrored(comet_psf()));
  ASSERT_FALSE(right.separable());

  const Restored found = restore_photons(right, photons, {.iterations = 40});
  const Restored misled = restore_photons(wrong, photons, {.iterations = 40});

  const Centroid centroid = centroid_of(found.photons);
  EXPECT_NEAR(centroid.z, 5, 0.05);
  EXPECT_NEAR(centroid.y, 10, 0.05);
  EXPECT_NEAR(centroid.x, 12, 0.05);
  EXPECT_GT(found.photons.view()(5, 10, 12), 0.7f * 2000);
  EXPECT_GT(centroid_of(misled.photons).x, 12.3);
  EXPECT_NEAR(total(found.photons), 2000, 20);
}

}  // namespace
}  // namespace bramble
