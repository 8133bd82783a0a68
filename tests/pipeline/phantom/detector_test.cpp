#include "pipeline/phantom/detector.hpp"

#include "kernels/core/error.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace bramble {
namespace {

constexpr Extent extent{5, 301, 303};

Volume<std::uint16_t> detect_flat(float expected_photons, std::uint64_t key = 1,
                                  Extent size = extent, const PhantomDetector& detector = {}) {
  Volume<float> photons(MemorySpace::host, size, {1, 1, 1});
  std::fill(photons.voxels().begin(), photons.voxels().end(), expected_photons);
  Volume<std::uint16_t> counts(MemorySpace::host, size, {1, 1, 1});
  detect(detector, key, photons.view(), counts.view());
  return counts;
}

struct Moments {
  double mean = 0;
  double variance = 0;
};

Moments moments_of(const Volume<std::uint16_t>& counts) {
  double sum = 0;
  double sum_of_squares = 0;
  for (const std::uint16_t value : counts.voxels()) {
    sum += value;
    sum_of_squares += static_cast<double>(value) * value;
  }
  const auto size = static_cast<double>(counts.voxels().size());
  return {sum / size, sum_of_squares / size - sum / size * (sum / size)};
}

// Gain 20 x excess noise factor 1.25 = 25 counts a photon; read noise 8 counts and rounding
// add 64.1 counts^2. Both ways to draw photons.
TEST(Detector, variance_over_mean_of_a_flat_field_is_gain_times_excess_noise) {
  for (const float photons : {8.0f, 9.99f, 20.0f, 60.0f}) {
    const Moments moments = moments_of(detect_flat(photons));

    EXPECT_NEAR(moments.mean - 100, 20 * photons, 0.002 * 20 * photons) << photons;
    EXPECT_NEAR((moments.variance - 64.1) / (moments.mean - 100), 25, 0.02 * 25) << photons;
  }
}

// Of a detector that counts photons one by one.
TEST(Detector, photons_have_a_poisson_distribution) {
  const PhantomDetector counter{.gain_counts_per_photon = 1,
                                .offset_counts = 0,
                                .read_noise_counts = 0,
                                .excess_noise_factor = 1};
  for (const float mean : {0.05f, 0.7f, 3.0f, 9.5f, 14.0f}) {
    const Volume<std::uint16_t> counts = detect_flat(mean, 9, extent, counter);
    std::vector<double> found(200);
    for (const std::uint16_t value : counts.voxels()) {
      ++found[std::min<std::size_t>(value, 199)];
    }
    const auto size = static_cast<double>(counts.voxels().size());
    double chi_square = 0;
    double freedom = 0;
    for (double k = 0; k < 60; ++k) {
      const double expected = size * std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
      if (expected > 10) {
        const double off = found[static_cast<std::size_t>(k)] - expected;
        chi_square += off * off / expected;
        ++freedom;
      }
    }

    // Five standard deviations of the chi-square distribution.
    EXPECT_LT(chi_square, freedom + 5 * std::sqrt(2 * freedom)) << mean;
  }
}

TEST(Detector, darkness_gives_offset_and_read_noise) {
  const Moments moments = moments_of(detect_flat(0));

  EXPECT_NEAR(moments.mean, 100, 0.1);
  EXPECT_NEAR(std::sqrt(moments.variance), 8, 0.1);
}

TEST(Detector, too_much_light_saturates_at_12_bit) {
  const Volume<std::uint16_t> counts = detect_flat(1000);

  EXPECT_EQ(*std::min_element(counts.voxels().begin(), counts.voxels().end()), 4095);
  EXPECT_EQ(*std::max_element(counts.voxels().begin(), counts.voxels().end()), 4095);
}

TEST(Detector, counts_are_never_negative) {
  const Volume<std::uint16_t> counts =
      detect_flat(0, 1, extent, {.offset_counts = 0, .read_noise_counts = 8});

  EXPECT_LT(*std::max_element(counts.voxels().begin(), counts.voxels().end()), 60);
}

TEST(Detector, voxel_depends_on_key_and_index_alone) {
  const Volume<std::uint16_t> large = detect_flat(15, 1, {2, 3, 50});
  const Volume<std::uint16_t> small = detect_flat(15, 1, {1, 1, 77});
  const Volume<std::uint16_t> other = detect_flat(15, 2, {1, 1, 77});

  EXPECT_TRUE(std::equal(small.voxels().begin(), small.voxels().end(), large.voxels().begin()));
  EXPECT_FALSE(std::equal(small.voxels().begin(), small.voxels().end(), other.voxels().begin()));
}

TEST(Detector, counts_are_the_same_for_any_number_of_threads) {
  const int before = omp_get_max_threads();
  omp_set_num_threads(1);
  const Volume<std::uint16_t> one = detect_flat(9, 3, {3, 41, 43});
  omp_set_num_threads(8);
  const Volume<std::uint16_t> eight = detect_flat(9, 3, {3, 41, 43});
  omp_set_num_threads(before);

  EXPECT_TRUE(std::equal(one.voxels().begin(), one.voxels().end(), eight.voxels().begin()));
}

TEST(Detector, empty_volume_is_allowed) {
  EXPECT_EQ(detect_flat(15, 1, {0, 3, 5}).voxels().size(), 0);
}

TEST(Detector, unequal_extents_are_refused) {
  Volume<float> photons(MemorySpace::host, {1, 2, 3}, {1, 1, 1});
  Volume<std::uint16_t> counts(MemorySpace::host, {1, 3, 2}, {1, 1, 1});

  EXPECT_THROW(detect({}, 1, photons.view(), counts.view()), InvalidArgument);
}

}  // namespace
}  // namespace bramble
