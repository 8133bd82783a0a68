#include "kernels/core/error.hpp"
#include "kernels/restore/deconvolution.hpp"
#include "tests/kernels/restore/deconvolution_cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

// A PSF for each range of depth.
namespace bramble {
namespace {

constexpr Extent extent{36, 32, 40};
constexpr int num_shallow = 18;

// That of a slice: it widens from the top to the bottom, by half in plane and to twice along z.
Volume<float> psf_at(double slice, double lean) {
  const double part = slice / (extent.z - 1);
  return leaning_psf({13, 11, 11}, 1.2 * (1 + part), 1.2 * (1 + 0.5 * part), lean);
}

// Bright threads at four depths.
Volume<float> object_at_all_depths() {
  constexpr int num_layers = 4;
  const Volume<float> layer = threads({extent.z / num_layers, extent.y, extent.x});
  Volume<float> object = constant(extent, 0);
  for (std::int64_t i = 0; i < object.voxels().size(); ++i) {
    object.voxels()[i] = 300 * layer.voxels()[i % layer.voxels().size()];
  }
  return object;
}

// One voxel of what a PSF makes of the object.
float blurred_at(const Volume<float>& object, const Volume<float>& psf, Voxel v) {
  const Extent size = psf.extent();
  float sum = 0;
  for (std::int64_t i = 0; i < size.num_voxels(); ++i) {
    const Voxel k = size.voxel(i);
    const Voxel from{v.z + size.z / 2 - k.z, v.y + size.y / 2 - k.y, v.x + size.x / 2 - k.x};
    if (extent.contains(from)) {
      sum += psf.voxels()[i] * object.view()(from);
    }
  }
  return sum;
}

// Each slice as its own PSF shows it, and 2 photons of background.
Volume<float> seen_through_tissue(const Volume<float>& object, double lean) {
  Volume<float> image = constant(extent, 2);
  for (int z = 0; z < extent.z; ++z) {
    const Volume<float> psf = psf_at(z, lean);
    for (int y = 0; y < extent.y; ++y) {
      for (int x = 0; x < extent.x; ++x) {
        image.view()(z, y, x) += blurred_at(object, psf, {z, y, x});
      }
    }
  }
  return poisson(image, 3);
}

double error_with(const Volume<float>& image, const StackPsf& psf, const Volume<float>& truth) {
  Volume<float> level = constant({1, 1, 1}, 2);
  Deconvolver deconvolver(cpu_exec, image.extent(), psf);
  const Restored found = restore_photons(deconvolver, image, {.iterations = 40}, {},
                                         {.nodes = std::as_const(level).view()});
  return relative_distance(found.photons, truth);
}

TEST(DeconvolverByDepth, two_right_psfs_restore_what_widens_with_depth_better_than_any_one) {
  for (const double lean : {0.0, 0.2}) {
    const Volume<float> truth = object_at_all_depths();
    const Volume<float> image = seen_through_tissue(truth, lean);
    const Volume<float> shallow = psf_at(num_shallow / 2.0, lean);
    const Volume<float> middle = psf_at(num_shallow, lean);
    const Volume<float> deep = psf_at(1.5 * num_shallow, lean);

    const double by_depth =
        error_with(image, std::vector<StackPsf::Range>{{0, &shallow}, {num_shallow, &deep}}, truth);

    EXPECT_LT(by_depth, 0.98 * error_with(image, shallow, truth)) << lean;
    EXPECT_LT(by_depth, 0.98 * error_with(image, middle, truth)) << lean;
    EXPECT_LT(by_depth, 0.98 * error_with(image, deep, truth)) << lean;
  }
}

TEST(DeconvolverByDepth, ranges_of_one_psf_give_what_it_gives_alone) {
  for (const double lean : {0.0, 0.3}) {
    const Volume<float> psf = leaning_psf({5, 7, 7}, 1.0, 1.2, lean);
    Volume<float> object = threads(extent);
    for (float& value : object.voxels()) {
      value = 2 + 300 * value;
    }
    const Volume<float> image = convolved(object, psf);
    Deconvolver alone(cpu_exec, extent, psf);
    Deconvolver by_depth(cpu_exec, extent,
                         std::vector<StackPsf::Range>{{0, &psf}, {11, &psf}, {13, &psf}});
    Deconvolver in_tiles(cpu_exec, extent, std::vector<StackPsf::Range>{{0, &psf}, {20, &psf}},
                         Extent{25, 32, 32});

    const Restored expected = restore_photons(alone, image, {.iterations = 20});
    const Restored found = restore_photons(by_depth, image, {.iterations = 20});
    const Restored tiled = restore_photons(in_tiles, image, {.iterations = 20});

    for (std::int64_t i = 0; i < image.voxels().size(); ++i) {
      const float value = expected.photons.voxels()[i];
      const float local = std::max(value, image.voxels()[i]);
      ASSERT_NEAR(found.photons.voxels()[i], value, 0.01f * local) << lean << " at " << i;
      ASSERT_NEAR(tiled.photons.voxels()[i], value, 0.01f * local) << lean << " at " << i;
    }
    EXPECT_EQ(by_depth.separable(), alone.separable());
  }
}

TEST(DeconvolverByDepth, ranges_may_be_thinner_than_the_psf_is_tall) {
  const Volume<float> psf = leaning_psf({13, 7, 7}, 2.5, 1.2, 0);
  Deconvolver deconvolver(cpu_exec, {4, 9, 9},
                          std::vector<StackPsf::Range>{{0, &psf}, {1, &psf}, {2, &psf}, {3, &psf}});

  const Restored found = restore_photons(deconvolver, constant({4, 9, 9}, 7), {.iterations = 5});

  for (const float value : found.photons.voxels()) {
    EXPECT_NEAR(value, 7, 0.02f);
  }
}

TEST(DeconvolverByDepth, ranges_that_leave_the_first_slice_out_or_do_not_rise_are_refused) {
  const Volume<float> psf = leaning_psf({5, 7, 7}, 1, 1.2, 0);
  const auto made = [&](std::vector<StackPsf::Range> ranges) {
    Deconvolver(cpu_exec, {10, 9, 9}, ranges);
  };

  EXPECT_THROW(made({}), InvalidArgument);
  EXPECT_THROW(made({{1, &psf}}), InvalidArgument);
  EXPECT_THROW(made({{0, &psf}, {5, &psf}, {3, &psf}}), InvalidArgument);
  EXPECT_THROW(made({{0, &psf}, {10, &psf}}), InvalidArgument);
}

}  // namespace
}  // namespace bramble
