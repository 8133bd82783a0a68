#include "kernels/spine/tree_ensemble.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace bramble {
namespace {

TEST(TreeEnsemble, adds_one_leaf_of_every_tree) {
  // Tree 1: x0 <= 2 ? (x1 <= 0 ? 1 : 2) : 4. Tree 2: always -0.5.
  const std::vector<TreeNode> nodes{{0, 2, 1, 2},  {1, 0, 3, 4},  {-1, 4, 0, 0},
                                    {-1, 1, 0, 0}, {-1, 2, 0, 0}, {-1, -0.5f, 0, 0}};
  const std::vector<int> roots{0, 5};
  const std::vector<float> rows{2, -1, 2, 0.5f, 3, 9};
  std::vector<float> probabilities(3);

  score_trees(cpu_exec, {.nodes = nodes.data(), .roots = roots.data(), .num_trees = 2, .bias = -1},
              rows.data(), 2, 3, probabilities.data());

  const auto logistic = [](double evidence) { return 1 / (1 + std::exp(-evidence)); };
  EXPECT_NEAR(probabilities[0], logistic(-1 + 1 - 0.5), 1e-6);
  EXPECT_NEAR(probabilities[1], logistic(-1 + 2 - 0.5), 1e-6);
  EXPECT_NEAR(probabilities[2], logistic(-1 + 4 - 0.5), 1e-6);
}

TEST(TreeEnsemble, without_trees_the_bias_decides) {
  const std::vector<float> rows{1};
  float probability = 0;

  score_trees(cpu_exec, {.bias = 0}, rows.data(), 1, 1, &probability);

  EXPECT_FLOAT_EQ(probability, 0.5f);
}

TEST(TreeEnsemble, no_rows_are_no_work) { score_trees(cpu_exec, {}, nullptr, 1, 0, nullptr); }

}  // namespace
}  // namespace bramble
