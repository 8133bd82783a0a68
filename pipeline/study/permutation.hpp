#pragma once

#include <cstdint>
#include <vector>

namespace bramble {

struct PermutationResult {
  double p = 1;                 // two-sided
  std::int64_t num_splits = 0;  // looked at, the observed one among them
  bool exact = true;            // all splits, not a sample of them
};

// Permutation test of mean(a) = mean(b): the part of all ways to split the pooled values into
// groups of the same sizes whose difference of means is at least as large as the observed one, in
// absolute value. All splits when there are at most 20 000; otherwise 9 999 random ones and the
// observed one, from a fixed seed. The order of the values within a and b does not matter. Throws
// InvalidArgument when a or b is empty.
PermutationResult permutation_test(std::vector<double> a, std::vector<double> b);

}  // namespace bramble
