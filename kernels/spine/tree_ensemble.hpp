#pragma once

#include "kernels/core/exec.hpp"

#include <cstdint>

namespace bramble {

// A node of a decision tree. Leaves have feature -1; the children of others follow later in the
// same table.
struct TreeNode {
  int feature = -1;
  float value = 0;  // split: go left when the feature is at most this; leaf: what it adds
  int left = 0;     // index in the table
  int right = 0;
};

// An ensemble of decision trees: evidence = bias + sum of one leaf of every tree.
struct TreeEnsemble {
  const TreeNode* nodes = nullptr;
  const int* roots = nullptr;
  int num_trees = 0;
  float bias = 0;
};

// probability = 1 / (1 + exp(-evidence)) for each of `num_rows` rows of `num_features` values. The
// trees are added in their order, so CPU and GPU differ by rounding of the exponential alone. All
// pointers in the space of `exec`. Cost: some five reads a tree and row.
void score_trees(const Exec& exec, const TreeEnsemble& ensemble, const float* rows,
                 int num_features, std::int64_t num_rows, float* probabilities);

}  // namespace bramble
