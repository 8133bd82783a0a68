#include "pipeline/stack/split_photons.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/phantom/random.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace bramble {
namespace {

constexpr NoiseModel noise{.background_counts = 120,
                           .offset_counts = 100,
                           .gain_counts = 10,
                           .read_variance_counts = 0,
                           .saturation_frac = 0};

Volume<float> constant(float counts, Extent extent = {8, 64, 64}) {
  Volume<float> volume(MemorySpace::host, extent, {1, 0.1f, 0.1f});
  std::fill(volume.voxels().begin(), volume.voxels().end(), counts);
  return volume;
}

struct Moments {
  double mean = 0;
  double variance = 0;
};

Moments moments_of(const Volume<float>& volume) {
  double sum = 0;
  double square = 0;
  for (const float value : volume.voxels()) {
    sum += value;
    square += static_cast<double>(value) * value;
  }
  const auto size = static_cast<double>(volume.voxels().size());
  return {sum / size, square / size - sum / size * (sum / size)};
}

TEST(SplitPhotons, no_photon_is_lost_or_made) {
  const Volume<float> counts = constant(340);  // 24 photons

  const SplitPhotons parts = split_photons(counts.view(), noise, 0.1, 7);

  for (std::int64_t i = 0; i < counts.voxels().size(); ++i) {
    ASSERT_EQ(parts.kept.voxels()[i] + parts.held_out.voxels()[i], 24);
  }
  EXPECT_DOUBLE_EQ(parts.ratio, 0.1 / 0.9);
}

TEST(SplitPhotons, the_held_out_part_is_binomial) {
  const SplitPhotons parts = split_photons(constant(340).view(), noise, 0.1, 7);

  const Moments held_out = moments_of(parts.held_out);

  EXPECT_NEAR(held_out.mean, 2.4, 0.05);
  EXPECT_NEAR(held_out.variance, 24 * 0.1 * 0.9, 0.08);
}

TEST(SplitPhotons, counts_below_the_offset_hold_no_photon) {
  const SplitPhotons parts = split_photons(constant(70).view(), noise, 0.1, 7);

  EXPECT_EQ(moments_of(parts.kept).mean, 0);
  EXPECT_EQ(moments_of(parts.held_out).mean, 0);
}

TEST(SplitPhotons, background_is_that_of_the_dark_voxels) {
  Volume<float> counts = constant(120);  // two photons
  std::fill(counts.voxels().begin(), counts.voxels().begin() + 1000, 5000.0f);

  const SplitPhotons parts = split_photons(counts.view(), noise, 0.1, 7);

  EXPECT_NEAR(parts.background_kept, 1.8, 0.02);
}

// The median of whole photons says nothing of a mean between two of them.
TEST(SplitPhotons, background_of_whole_photons_is_their_mean_however_few_they_are) {
  for (const double mean : {0.05, 0.3, 0.5, 0.69, 1.0, 1.6, 2.6, 3.0}) {
    Volume<float> photons = constant(0, {8, 128, 128});
    for (std::int64_t i = 0; i < photons.voxels().size(); ++i) {
      Random random(11, static_cast<std::uint64_t>(i));
      photons.voxels()[i] = static_cast<float>(random.poisson(mean));
    }
    std::vector<float> sorted(photons.voxels().begin(), photons.voxels().end());
    std::ranges::sort(sorted);
    const NoiseModel whole{.background_counts = sorted[sorted.size() / 2], .gain_counts = 1};

    const SplitPhotons parts = split_photons(photons.view(), whole, 0.1, 7);

    EXPECT_NEAR(parts.background_kept / (0.9 * mean), 1, 0.05) << mean;
  }
}

TEST(SplitPhotons, is_the_same_for_any_number_of_threads_and_another_for_another_seed) {
  const Volume<float> counts = constant(340);
  const int before = omp_get_max_threads();
  omp_set_num_threads(1);
  const SplitPhotons one = split_photons(counts.view(), noise, 0.1, 7);
  omp_set_num_threads(3);
  const SplitPhotons three = split_photons(counts.view(), noise, 0.1, 7);
  const SplitPhotons other = split_photons(counts.view(), noise, 0.1, 8);
  omp_set_num_threads(before);

  EXPECT_TRUE(std::ranges::equal(one.kept.voxels(), three.kept.voxels()));
  EXPECT_FALSE(std::ranges::equal(one.kept.voxels(), other.kept.voxels()));
}

TEST(SplitPhotons, needs_a_gain_and_a_fraction) {
  const Volume<float> counts = constant(340);
  NoiseModel no_gain = noise;
  no_gain.gain_counts = 0;

  EXPECT_THROW(split_photons(counts.view(), no_gain, 0.1, 7), InvalidArgument);
  EXPECT_THROW(split_photons(counts.view(), noise, 0, 7), InvalidArgument);
  EXPECT_THROW(split_photons(counts.view(), noise, 1, 7), InvalidArgument);
}

}  // namespace
}  // namespace bramble
