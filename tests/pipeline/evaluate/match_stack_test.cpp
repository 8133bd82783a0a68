#include "pipeline/evaluate/match_stack.hpp"

#include "kernels/core/error.hpp"
#include "tests/pipeline/evaluate/small_study.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace bramble {
namespace {

using ::testing::ElementsAre;

constexpr MatchGates gates{.lateral_um = 0.6, .axial_um = 1.5};

TEST(MatchHeads, pair_inside_both_gates_only) {
  EXPECT_THAT(match_heads({{0, 0, 0}}, {{1.5, 0, 0.6}}, gates), ElementsAre(0));
  EXPECT_THAT(match_heads({{0, 0, 0}}, {{1.6, 0, 0}}, gates), ElementsAre(-1));
  EXPECT_THAT(match_heads({{0, 0, 0}}, {{0, 0.5, 0.5}}, gates), ElementsAre(-1));
}

// The nearest pair of all would leave two heads alone.
TEST(MatchHeads, most_pairs_come_before_least_cost) {
  const std::vector<Position> found{{0, 0, 0.5}, {0, 0, 1.0}};
  const std::vector<Position> truth{{0, 0, 0}, {0, 0, 0.5}};

  EXPECT_THAT(match_heads(found, truth, gates), ElementsAre(0, 1));
}

TEST(MatchHeads, of_as_many_pairs_the_cheaper_ones_are_made) {
  const std::vector<Position> found{{0, 0, 0.1}, {0, 0, 0.3}};
  const std::vector<Position> truth{{0, 0, 0.35}, {0, 0, 0.05}};

  EXPECT_THAT(match_heads(found, truth, gates), ElementsAre(1, 0));
}

TEST(MatchHeads, nothing_on_either_side) {
  EXPECT_THAT(match_heads({}, {{0, 0, 0}}, gates), ElementsAre());
  EXPECT_THAT(match_heads({{0, 0, 0}}, {}, gates), ElementsAre(-1));
}

TEST(MatchHeads, gate_of_nothing_is_refused) {
  EXPECT_THROW(match_heads({}, {}, {.lateral_um = 0, .axial_um = 1}), InvalidArgument);
}

struct Pairing {
  int num_pairs = 0;
  double cost = 0;
};

bool is_better(const Pairing& a, const Pairing& b) {
  return a.num_pairs != b.num_pairs ? a.num_pairs > b.num_pairs : a.cost < b.cost;
}

void add(Pairing& pairing, Position found, Position truth) {
  const double lateral = distance_in_plane_um(found, truth) / gates.lateral_um;
  const double axial = std::abs(found.z_um - truth.z_um) / gates.axial_um;
  if (lateral <= 1 && axial <= 1) {
    ++pairing.num_pairs;
    pairing.cost += std::sqrt(lateral * lateral + axial * axial);
  }
}

TEST(MatchHeads, is_the_best_of_all_permutations) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> uniform(0, 1);
  const auto heads = [&] {
    std::vector<Position> positions(6);
    for (Position& p : positions) {
      p = {2 * uniform(random), uniform(random), 1.5 * uniform(random)};
    }
    return positions;
  };
  for (int round = 0; round < 50; ++round) {
    const std::vector<Position> found = heads();
    const std::vector<Position> truth = heads();

    const std::vector<int> pairs = match_heads(found, truth, gates);

    Pairing made;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (pairs[i] >= 0) {
        add(made, found[i], truth[static_cast<std::size_t>(pairs[i])]);
      }
    }
    Pairing best;
    std::vector<std::size_t> order(6);
    std::iota(order.begin(), order.end(), 0);
    do {
      Pairing pairing;
      for (std::size_t i = 0; i < order.size(); ++i) {
        add(pairing, found[i], truth[order[i]]);
      }
      best = is_better(pairing, best) ? pairing : best;
    } while (std::next_permutation(order.begin(), order.end()));
    EXPECT_EQ(made.num_pairs, best.num_pairs);
    EXPECT_NEAR(made.cost, best.cost, 1e-9);
  }
}

TEST(MatchStack, hit_miss_and_false_alarm) {
  const TruthStack truth = true_stack(1, {true_spine("a", {5, 4, 2}), true_spine("b", {5, 4, 9})});
  const std::vector<SpineRow> rows{found_spine(1, "s1", {5, 4.1, 2}),
                                   found_spine(1, "s2", {5, 6, 15})};

  const StackMatch match = match_stack(truth, pointers_to(rows), gates, false);

  EXPECT_THAT(match.outcome_of_found, ElementsAre(Outcome::hit, Outcome::false_alarm));
  EXPECT_THAT(match.found_of_truth, ElementsAre(0, -1));
  EXPECT_THAT(match.merged, ElementsAre(false, false));
}

TEST(MatchStack, detection_of_what_does_not_count_is_neither_hit_nor_false_alarm) {
  const TruthStack truth = true_stack(1, {ignored_spine("a", {5, 4, 2})});
  const std::vector<SpineRow> rows{found_spine(1, "s1", {5, 4, 2}),
                                   found_spine(1, "s2", {5, 4, 2.2})};

  const StackMatch match = match_stack(truth, pointers_to(rows), gates, false);

  EXPECT_THAT(match.outcome_of_found, ElementsAre(Outcome::ignored, Outcome::false_alarm));
  EXPECT_THAT(match.found_of_truth, ElementsAre(-1));
}

// The detection lies on the ignored spine, but a spine that counts is in reach.
TEST(MatchStack, spines_that_count_are_matched_first) {
  const TruthStack truth =
      true_stack(1, {ignored_spine("a", {5, 4, 2}), true_spine("b", {5, 4, 2.5})});
  const std::vector<SpineRow> rows{found_spine(1, "s1", {5, 4, 2})};

  const StackMatch match = match_stack(truth, pointers_to(rows), gates, false);

  EXPECT_THAT(match.outcome_of_found, ElementsAre(Outcome::hit));
  EXPECT_THAT(match.truth_of_found, ElementsAre(1));
}

TEST(MatchStack, one_detection_for_two_close_spines_is_a_hit_and_a_merged_miss) {
  const TruthStack truth = true_stack(
      1, {true_spine("a", {5, 4, 2}), true_spine("b", {6, 4, 2.4}), true_spine("c", {5, 4, 2.6})});
  const std::vector<SpineRow> rows{found_spine(1, "s1", {5, 4, 2.1})};

  const StackMatch match = match_stack(truth, pointers_to(rows), gates, false);

  EXPECT_THAT(match.found_of_truth, ElementsAre(0, -1, -1));
  EXPECT_THAT(match.merged, ElementsAre(false, true, false));  // c is 0.6 um away
}

TEST(MatchStack, away_from_annotated_lines_nothing_is_scored) {
  TruthStack truth = true_stack(1, {});
  const std::vector<SpineRow> rows{found_spine(1, "s1", {5, 9, 10}),
                                   found_spine(1, "s2", {5, 9.1, 10})};

  const StackMatch match = match_stack(truth, pointers_to(rows), gates, true);

  ASSERT_EQ(match.found.size(), 1u);
  EXPECT_EQ(match.found[0]->spine_id, "s1");
  EXPECT_THAT(match.dendrite_of_found, ElementsAre(0));
}

TEST(MatchStacks, only_present_spines_of_the_same_stack_take_part) {
  const StudyTruth truth = phantom_truth({true_stack(1, {true_spine("a", {5, 4, 2})})});
  const std::vector<SpineRow> rows{found_spine(1, "s1", {5, 4, 2}, SpineState::absent),
                                   found_spine(3, "s1", {5, 4, 2})};

  const std::vector<StackMatch> matches = match_stacks(truth, rows, gates);

  ASSERT_EQ(matches.size(), 1u);
  EXPECT_TRUE(matches[0].found.empty());
  EXPECT_THAT(matches[0].found_of_truth, ElementsAre(-1));
}

}  // namespace
}  // namespace bramble
