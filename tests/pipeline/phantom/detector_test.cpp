#include "pipeline/phantom/detector.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace bramble {
namespace {

constexpr Extent extent{5, 201, 203};

Volume<std::uint16_t> detect_flat(float expected_photons, std::uint64_t key = 1,
                                  Extent size = extent) {
  Volume<float> photons(MemorySpace::host, size, {1, 1, 1});
  std::fill(photons.voxels().begin(), photons.voxels().end(), expected_photons);
  Volume<std::uint16_t> counts(MemorySpace::host, size, {1, 1, 1});
  detect(Detector{}, key, photons.view(), counts.view());
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
// add 64.1 counts^2.
TEST(Detector, variance_over_mean_of_a_flat_field_is_gain_times_excess_noise) {
  for (const float photons : {20.0f, 60.0f}) {
    const Moments moments = moments_of(detect_flat(photons));

    EXPECT_NEAR(moments.mean - 100, 20 * photons, 0.005 * 20 * photons) << photons;
    EXPECT_NEAR((moments.variance - 64.1) / (moments.mean - 100), 25, 0.02 * 25) << photons;
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

TEST(Detector, voxel_depends_on_key_and_index_alone) {
  const Volume<std::uint16_t> large = detect_flat(15, 1, {2, 3, 5});
  const Volume<std::uint16_t> small = detect_flat(15, 1, {1, 1, 7});
  const Volume<std::uint16_t> other = detect_flat(15, 2, {1, 1, 7});

  EXPECT_TRUE(std::equal(small.voxels().begin(), small.voxels().end(), large.voxels().begin()));
  EXPECT_FALSE(std::equal(small.voxels().begin(), small.voxels().end(), other.voxels().begin()));
}

TEST(Detector, empty_volume_is_allowed) {
  EXPECT_EQ(detect_flat(15, 1, {0, 3, 5}).voxels().size(), 0);
}

TEST(Detector, unequal_extents_are_refused) {
  Volume<float> photons(MemorySpace::host, {1, 2, 3}, {1, 1, 1});
  Volume<std::uint16_t> counts(MemorySpace::host, {1, 3, 2}, {1, 1, 1});

  EXPECT_THROW(detect(Detector{}, 1, photons.view(), counts.view()), InvalidArgument);
}

}  // namespace
}  // namespace bramble
