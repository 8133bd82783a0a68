#include "pipeline/phantom/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <vector>

namespace bramble {
namespace {

struct Moments {
  double mean = 0;
  double variance = 0;
};

template <class Draw>
Moments moments_of(int num_draws, const Draw& draw) {
  double sum = 0;
  double sum_of_squares = 0;
  for (int i = 0; i < num_draws; ++i) {
    const double value = draw();
    sum += value;
    sum_of_squares += value * value;
  }
  const double mean = sum / num_draws;
  return {mean, sum_of_squares / num_draws - mean * mean};
}

// The known answers that the authors of Philox publish with their code (Random123, kat_vectors).
TEST(Philox, gives_the_published_known_answers) {
  using Block = std::array<std::uint32_t, 4>;
  constexpr std::uint32_t ones = 0xFFFFFFFFu;

  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}),
            (Block{0x6627E8D5u, 0xE169C58Du, 0xBC57AC4Cu, 0x9B00DBD8u}));
  EXPECT_EQ(philox({ones, ones, ones, ones}, {ones, ones}),
            (Block{0x408F276Du, 0x41C83B0Eu, 0xA20BC7C6u, 0x6D5451FDu}));
  EXPECT_EQ(
      philox({0x243F6A88u, 0x85A308D3u, 0x13198A2Eu, 0x03707344u}, {0xA4093822u, 0x299F31D0u}),
      (Block{0xD16CFE09u, 0x94FDCCEBu, 0x5001E420u, 0x24126EA1u}));
}

TEST(Random, same_place_gives_the_same_numbers_in_any_order) {
  const RandomPlace place{.seed = 7, .purpose = RandomPurpose::detector, .session = 2};
  Random first(place, 11);
  Random other(place, 12);

  const double expected = first.uniform();
  other.uniform();
  Random again(place, 11);

  EXPECT_EQ(again.uniform(), expected);
  EXPECT_EQ(again.uniform(), first.uniform());
}

TEST(Random, every_part_of_the_place_matters) {
  const RandomPlace place{.seed = 1};
  std::set<std::uint64_t> keys{random_key(place)};
  keys.insert(random_key({.seed = 2}));
  keys.insert(random_key({.seed = 1, .purpose = RandomPurpose::detector}));
  keys.insert(random_key({.seed = 1, .animal = 1}));
  keys.insert(random_key({.seed = 1, .field = 1}));
  keys.insert(random_key({.seed = 1, .dendrite = 1}));
  keys.insert(random_key({.seed = 1, .spine = 1}));
  keys.insert(random_key({.seed = 1, .session = 1}));

  EXPECT_EQ(keys.size(), 8u);
}

TEST(Random, uniform_numbers_of_neighbouring_voxels_are_uniform_and_uncorrelated) {
  constexpr int num_voxels = 100000;
  const std::uint64_t key = random_key({.seed = 3});
  std::vector<double> values;
  for (std::uint64_t voxel = 0; voxel < num_voxels; ++voxel) {
    values.push_back(Random(key, voxel).uniform());
  }
  double product = 0;
  for (std::size_t i = 0; i + 1 < values.size(); ++i) {
    product += (values[i] - 0.5) * (values[i + 1] - 0.5);
  }
  std::size_t next = 0;

  const Moments moments = moments_of(num_voxels, [&] { return values[next++]; });

  // Five standard errors: SD of a uniform number 0.289, of its square's mean 0.0745, of the product
  // 1 / 12.
  EXPECT_NEAR(moments.mean, 0.5, 5 * 0.289 / std::sqrt(num_voxels));
  EXPECT_NEAR(moments.variance, 1.0 / 12, 5 * 0.0745 / std::sqrt(num_voxels));
  EXPECT_NEAR(product / num_voxels, 0, 5 / 12.0 / std::sqrt(num_voxels));
}

TEST(Random, normal_has_mean_0_and_variance_1_and_tails) {
  constexpr int num_draws = 200000;
  Random random({.seed = 4});
  int num_beyond_2 = 0;

  const Moments moments = moments_of(num_draws, [&] {
    const double value = random.normal();
    num_beyond_2 += std::abs(value) > 2;
    return value;
  });

  EXPECT_NEAR(moments.mean, 0, 5 / std::sqrt(num_draws));
  EXPECT_NEAR(moments.variance, 1, 5 * std::sqrt(2.0 / num_draws));
  EXPECT_NEAR(static_cast<double>(num_beyond_2) / num_draws, 0.0455, 0.0025);
}

TEST(Random, normal_pair_is_uncorrelated) {
  constexpr int num_draws = 100000;
  Random random({.seed = 5});

  const Moments product = moments_of(num_draws, [&] {
    const NormalPair pair = random.normal_pair();
    return pair.first * pair.second;
  });

  EXPECT_NEAR(product.mean, 0, 5 / std::sqrt(num_draws));
}

TEST(Random, lognormal_has_the_given_median_and_log_sd) {
  constexpr int num_draws = 100000;
  Random random({.seed = 6});

  const Moments logs = moments_of(num_draws, [&] { return std::log(random.lognormal(0.5, 0.28)); });

  EXPECT_NEAR(logs.mean, std::log(0.5), 5 * 0.28 / std::sqrt(num_draws));
  EXPECT_NEAR(std::sqrt(logs.variance), 0.28, 0.004);
}

TEST(Random, lognormal_within_stays_within) {
  Random random({.seed = 7});
  for (int i = 0; i < 10000; ++i) {
    const double value = random.lognormal_within(0.75, 0.25, 0.40, 1.40);

    ASSERT_GE(value, 0.40);
    ASSERT_LE(value, 1.40);
  }
}

TEST(Random, exponential_has_the_given_mean) {
  constexpr int num_draws = 100000;
  Random random({.seed = 8});

  const Moments moments = moments_of(num_draws, [&] { return random.exponential(2.9); });

  EXPECT_NEAR(moments.mean, 2.9, 5 * 2.9 / std::sqrt(num_draws));
}

class RandomPoisson : public testing::TestWithParam<double> {};

TEST_P(RandomPoisson, mean_and_variance_equal_the_parameter) {
  constexpr int num_draws = 200000;
  const double mean = GetParam();
  Random random({.seed = 9});

  const Moments moments =
      moments_of(num_draws, [&] { return static_cast<double>(random.poisson(mean)); });

  // Variance of the sample variance: (mu4 - var^2) / n, mu4 = mean + 3 mean^2.
  EXPECT_NEAR(moments.mean, mean, 5 * std::sqrt(mean / num_draws));
  EXPECT_NEAR(moments.variance, mean, 5 * std::sqrt((mean + 2 * mean * mean) / num_draws));
}

// 0.5 and 5 by inversion, 50 and 2000 by rejection, both sides of the change at 10.
INSTANTIATE_TEST_SUITE_P(means, RandomPoisson, testing::Values(0.5, 5, 9.99, 10, 50, 2000));

TEST(RandomPoisson, counts_have_the_poisson_frequencies_on_both_sides_of_the_change_of_method) {
  constexpr int num_draws = 100000;
  for (const double mean : {9.5, 10.5}) {
    Random random({.seed = 10});
    std::vector<int> histogram(200, 0);
    for (int i = 0; i < num_draws; ++i) {
      ++histogram[static_cast<std::size_t>(random.poisson(mean))];
    }
    double chi_square = 0;
    int num_bins = 0;
    for (int k = 0; k < 200; ++k) {
      const double expected =
          num_draws * std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
      if (expected >= 10) {
        const double difference = histogram[static_cast<std::size_t>(k)] - expected;
        chi_square += difference * difference / expected;
        ++num_bins;
      }
    }

    // Chi-square has mean n and SD sqrt(2 n).
    EXPECT_LT(chi_square, num_bins + 4 * std::sqrt(2.0 * num_bins)) << "mean " << mean;
    EXPECT_GT(num_bins, 15) << "mean " << mean;
  }
}

TEST(RandomPoisson, mean_0_gives_0) {
  Random random({.seed = 11});
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(random.poisson(0), 0);
  }
}

}  // namespace
}  // namespace bramble
