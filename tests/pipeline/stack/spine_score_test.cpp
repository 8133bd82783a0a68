#include "pipeline/stack/spine_score.hpp"

#include "kernels/spine/spine_evidence.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace bramble {
namespace {

TEST(SpineScore, extreme_evidence_stays_a_probability) {
  Array<float> evidence(MemorySpace::host, 3 * num_evidence);
  for (std::int64_t i = 0; i < evidence.size(); ++i) {
    evidence[i] = i < num_evidence ? -50.0f : i < 2 * num_evidence ? 200.0f : 0.0f;
  }

  const std::vector<float> probabilities = score_candidates(cpu_exec, evidence, 3);

  ASSERT_EQ(probabilities.size(), 3u);
  for (const float p : probabilities) {
    EXPECT_GE(p, 0);
    EXPECT_LE(p, 1);
  }
}

TEST(SpineScore, a_row_is_scored_for_itself) {
  std::mt19937 generator(3);
  std::uniform_real_distribution<float> uniform(-1, 3);
  Array<float> evidence(MemorySpace::host, 5 * num_evidence);
  std::generate(evidence.begin(), evidence.end(), [&] { return uniform(generator); });
  Array<float> last(MemorySpace::host, num_evidence);
  std::copy(evidence.begin() + 4 * num_evidence, evidence.end(), last.begin());

  const std::vector<float> all = score_candidates(cpu_exec, evidence, 5);

  EXPECT_EQ(score_candidates(cpu_exec, last, 1).front(), all.back());
}

TEST(SpineScore, no_candidates_have_no_probabilities) {
  EXPECT_TRUE(score_candidates(cpu_exec, Array<float>(MemorySpace::host, 0), 0).empty());
}

}  // namespace
}  // namespace bramble
