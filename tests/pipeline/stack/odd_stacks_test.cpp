#include "kernels/core/error.hpp"
#include "kernels/restore/gaussian_psf.hpp"
#include "pipeline/records/flags.hpp"
#include "pipeline/stack/stack_analyser.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

// Stacks that no dendrite can be measured in, or nearly so, through the whole analysis.
namespace bramble {
namespace {

constexpr Spacing spacing{1.0f, 0.1f, 0.1f};

StackResult analysed(const Volume<float>& counts) {
  Acquisition acquisition{.extent = counts.extent(),
                          .spacing = counts.spacing(),
                          .voxel_type = "uint16",
                          .offset_counts = 100.0f,
                          .saturation_value = 4095.0f};
  const Calibration calibration{
      .condition = "test", .iterations = 5, .psf_fwhm_xy_um = 0.45f, .psf_fwhm_z_um = 1.9f};
  const Volume<float> psf = gaussian_psf(spacing, {.fwhm_xy_um = 0.45f, .fwhm_z_um = 1.9f});
  return StackAnalyser(cpu_exec, {}).analyse({}, acquisition, calibration, psf, counts.view(), {});
}

Volume<float> filled(Extent extent, float value) {
  Volume<float> volume(MemorySpace::host, extent, spacing);
  std::fill(volume.voxels().begin(), volume.voxels().end(), value);
  return volume;
}

Volume<float> noise(Extent extent, unsigned seed, double photons) {
  Volume<float> volume(MemorySpace::host, extent, spacing);
  std::mt19937 generator(seed);
  std::poisson_distribution<int> poisson(photons);
  for (float& value : volume.voxels()) {
    value = static_cast<float>(100 + 20 * poisson(generator));
  }
  return volume;
}

// A tube of light along x in the middle, with shot noise.
Volume<float> tube(Extent extent, unsigned seed) {
  Volume<float> volume(MemorySpace::host, extent, spacing);
  std::mt19937 generator(seed);
  for (std::int64_t i = 0; i < volume.voxels().size(); ++i) {
    const Voxel v = extent.voxel(i);
    const double across = (v.y - extent.y / 2) * 0.1;
    const double deep = v.z - extent.z / 2;
    const double photons =
        2 + 60 * std::exp(-0.5 * across * across / 0.09 - 0.5 * deep * deep / 0.8);
    volume.voxels()[i] =
        static_cast<float>(100 + 20 * std::poisson_distribution<int>(photons)(generator));
  }
  return volume;
}

void expect_nothing(const StackResult& result) {
  EXPECT_TRUE(result.dendrites.empty());
  EXPECT_TRUE(result.spines.empty());
  EXPECT_TRUE(result.shaft_graph.nodes.empty());
  EXPECT_TRUE(has_flag(result.flags, "no_dendrite"));
}

TEST(OddStacks, all_equal_values_are_refused_as_no_image) {
  for (const float value : {0.0f, 100.0f, 4095.0f}) {
    EXPECT_THAT(
        [&] {
          analysed(filled({5, 61, 67}, value));
        },
        testing::ThrowsMessage<DataError>(testing::HasSubstr("the stack is constant")));
  }
}

TEST(OddStacks, saturated_nearly_everywhere_holds_nothing_and_says_so) {
  Volume<float> counts = filled({5, 61, 67}, 4095);
  for (int x = 0; x < 67; ++x) {
    counts.view()(2, 0, x) = 4000;
  }

  const StackResult result = analysed(counts);

  expect_nothing(result);
  EXPECT_GT(result.quality.saturation_frac, 0.9);
}

TEST(OddStacks, noise_of_any_seed_and_level_has_no_length) {
  for (const unsigned seed : {1u, 2u, 3u}) {
    for (const double photons : {0.5, 50.0}) {
      const StackResult result = analysed(noise({12, 121, 133}, seed, photons));

      double length_um = 0;
      for (const Dendrite& dendrite : result.dendrites) {
        length_um += dendrite.length_um;
      }
      EXPECT_EQ(length_um, 0) << "seed " << seed << ", " << photons << " photons";
    }
  }
}

// A tube is what curves in two directions, one of them z, so a single slice shows none.
TEST(OddStacks, single_slice_holds_nothing_and_says_so) {
  expect_nothing(analysed(tube({1, 101, 301}, 7)));
}

TEST(OddStacks, few_slices_and_odd_sizes_are_traced) {
  for (const Extent extent : {Extent{3, 97, 251}, Extent{9, 71, 251}}) {
    const StackResult result = analysed(tube(extent, 7));

    ASSERT_EQ(result.dendrites.size(), 1u);
    EXPECT_NEAR(result.dendrites[0].length_um, 25, 2);
  }
}

TEST(OddStacks, smallest_stacks_do_not_fail) {
  for (const Extent extent : {Extent{1, 5, 3}, Extent{7, 1, 2}, Extent{2, 3, 40}}) {
    expect_nothing(analysed(noise(extent, 3, 5)));
  }
}

}  // namespace
}  // namespace bramble
