#include "pipeline/study/permutation.hpp"

#include "kernels/core/error.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

// 20 splits of 6 values into 3 and 3; only the observed one and its mirror image are as far apart.
TEST(Permutation, separated_groups_of_three_have_p_two_in_twenty) {
  const PermutationResult result = permutation_test({4, 5, 6}, {1, 2, 3});

  EXPECT_TRUE(result.exact);
  EXPECT_EQ(result.num_splits, 20);
  EXPECT_DOUBLE_EQ(result.p, 2.0 / 20);
}

// Sums of three of 1..6 deviate from 10.5 by at least |1 + 3 + 5 - 10.5| = 1.5: of the 20 sums 6,
// 7, 8, 8, 9, 9, 9, 10, 10, 10 and their mirror images the three tens on each side do not.
TEST(Permutation, counts_every_split_at_least_as_extreme) {
  EXPECT_DOUBLE_EQ(permutation_test({1, 3, 5}, {2, 4, 6}).p, 14.0 / 20);
}

TEST(Permutation, ties_in_another_order_of_summation_count_as_ties) {
  const PermutationResult result = permutation_test({0.1, 0.2, 0.3}, {0.1, 0.2, 0.3});

  EXPECT_DOUBLE_EQ(result.p, 1);
}

// Counted over all 126 splits with Python's itertools: 13 sums of four deviate from 4 / 9 of the
// total by at least as much.
TEST(Permutation, unequal_sizes_compare_sums_with_their_expectation) {
  const PermutationResult result = permutation_test({1, 2, 3, 7}, {4, 5, 6, 9, 10});

  EXPECT_EQ(result.num_splits, 126);
  EXPECT_NEAR(result.p, 13.0 / 126, 1e-12);
}

TEST(Permutation, many_animals_are_sampled_from_a_fixed_seed) {
  std::vector<double> a, b;
  for (int i = 0; i < 12; ++i) {
    a.push_back(i);
    b.push_back(i + 2.5);
  }

  const PermutationResult result = permutation_test(a, b);
  const PermutationResult reversed =
      permutation_test({a.rbegin(), a.rend()}, {b.rbegin(), b.rend()});

  EXPECT_FALSE(result.exact);
  EXPECT_EQ(result.num_splits, 10000);
  EXPECT_EQ(result.p, reversed.p);
  // All 2 704 156 splits give 0.10948 (counted with numpy); four standard errors of 9 999 draws are
  // 0.0125.
  EXPECT_NEAR(result.p, 0.10948, 0.0125);
}

TEST(Permutation, needs_values_on_both_sides) {
  EXPECT_THROW(permutation_test({}, {1}), InvalidArgument);
}

}  // namespace
}  // namespace bramble
