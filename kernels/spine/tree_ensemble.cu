#include "kernels/spine/tree_ensemble.hpp"

#include "kernels/core/for_each_voxel.hpp"

#include <cmath>

namespace bramble {

namespace {

struct ScoreRow {
  TreeEnsemble ensemble;
  const float* rows;
  int num_features;
  float* probabilities;

  BRAMBLE_HD void operator()(std::int64_t row) const noexcept {
    const float* features = rows + row * num_features;
    float evidence = ensemble.bias;
    for (int tree = 0; tree < ensemble.num_trees; ++tree) {
      TreeNode node = ensemble.nodes[ensemble.roots[tree]];
      while (node.feature >= 0) {
        node = ensemble.nodes[features[node.feature] <= node.value ? node.left : node.right];
      }
      evidence += node.value;
    }
    probabilities[row] = 1 / (1 + expf(-evidence));
  }
};

// A row visits a thousand nodes.
constexpr std::int64_t serial_rows_below = 64;

}  // namespace

void score_trees(const Exec& exec, const TreeEnsemble& ensemble, const float* rows,
                 int num_features, std::int64_t num_rows, float* probabilities) {
  for_each_index(exec, num_rows, ScoreRow{ensemble, rows, num_features, probabilities},
                 serial_rows_below);
}

}  // namespace bramble
