#include "pipeline/stack/spine_score.hpp"

#include "kernels/core/error.hpp"
#include "kernels/spine/spine_evidence.hpp"
#include "kernels/spine/tree_ensemble.hpp"

#include <algorithm>
#include <iterator>

namespace bramble {

namespace {

// Defines spine_score_bias, spine_score_roots and spine_score_nodes.
#include "pipeline/stack/spine_score_trees.inc"

template <class T, std::size_t size>
Array<T> upload(const Exec& exec, const T (&values)[size]) {
  Array<T> host(MemorySpace::host, static_cast<std::int64_t>(size));
  std::copy(std::begin(values), std::end(values), host.begin());
  Array<T> uploaded(exec.space());
  copy(exec, host, uploaded);
  return uploaded;
}

}  // namespace

std::vector<float> score_candidates(const Exec& exec, const Array<float>& evidence,
                                    std::int64_t num_candidates) {
  require(evidence.size() >= num_candidates * num_evidence, "evidence of fewer candidates");
  const Array<TreeNode> nodes = upload(exec, spine_score_nodes);
  const Array<int> roots = upload(exec, spine_score_roots);
  Array<float> probabilities(exec.space(), num_candidates);
  score_trees(exec,
              {.nodes = nodes.data(),
               .roots = roots.data(),
               .num_trees = static_cast<int>(std::size(spine_score_roots)),
               .bias = spine_score_bias},
              evidence.data(), num_evidence, num_candidates, probabilities.data());
  Array<float> host;
  copy(exec, probabilities, host);
  return {host.begin(), host.end()};
}

}  // namespace bramble
