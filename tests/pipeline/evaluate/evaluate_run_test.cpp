#include "pipeline/evaluate/evaluate_run.hpp"

#include "pipeline/evaluate/truth_tables.hpp"
#include "tests/pipeline/evaluate/small_study.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

TruthSpine described_spine(const std::string& id, double x_um) {
  TruthSpine spine = true_spine(id, {5, 4, x_um});
  spine.head_diameter_um = 0.75;
  spine.neck_length_um = 0.5;
  spine.length_um = 1.25;
  spine.neighbour_um = 2;
  spine.spine_class = "mushroom";
  spine.contrast = 0.6;
  spine.d_prime = 14;
  return spine;
}

// Two animals of two groups with a loss and a gain each.
StudyTruth two_animals() {
  StudyTruth truth;
  for (const char* subject : {"m1", "m2", "m3", "m4"}) {
    for (const int day : {-1, 1}) {
      const std::string third = day < 0 ? "c" : "d";
      TruthStack stack = true_stack(
          day, {described_spine("a", 2), described_spine("b", 6), described_spine(third, 12)});
      stack.subject_id = subject;
      stack.group = std::string(subject) < "m3" ? "saline" : "ketamine";
      if (stack.group == "ketamine" && day > 0) {
        stack.spines.push_back(described_spine("e", 16));
      }
      truth.stacks.push_back(stack);
    }
  }
  return truth;
}

// The rows of a run that sees everything; ids of the run are those of the truth.
void add_perfect_rows(EvaluationInput& input, const TruthStack& stack) {
  for (const TruthStack& other : input.truth.stacks) {
    if (other.subject_id != stack.subject_id) {
      continue;
    }
    for (const TruthSpine& spine : other.spines) {
      const bool here = std::any_of(
          stack.spines.begin(), stack.spines.end(),
          [&](const TruthSpine& candidate) { return candidate.spine_id == spine.spine_id; });
      const bool in_both = here && other.session_id != stack.session_id;
      if (in_both) {
        continue;
      }
      SpineRow row = found_spine(0, spine.spine_id, spine.head,
                                 here ? SpineState::present : SpineState::absent);
      row.subject_id = stack.subject_id;
      row.session_id = stack.session_id;
      row.spine.head_diameter_um = 0.75f;
      row.spine.spine_class = SpineClass::mushroom;
      input.run.spines.push_back(row);
    }
  }
  TracedStack traced{stack.subject_id, stack.session_id, stack.fov, {}};
  traced.lines.push_back(stack.dendrites[0].nodes);
  input.traces.push_back(traced);
}

EvaluationInput perfect_run() {
  EvaluationInput input;
  input.truth = two_animals();
  input.study.control_group = "saline";
  input.run = truth_tables(input.truth, input.study);
  input.run.spines.clear();
  for (const TruthStack& stack : input.truth.stacks) {
    add_perfect_rows(input, stack);
  }
  input.peak_photons = 30;
  input.planted = PlantedEffect{};
  return input;
}

TEST(EvaluateRun, perfect_run_is_perfect_everywhere) {
  const Evaluation evaluation = evaluate_run(perfect_run()).evaluation;

  EXPECT_EQ(evaluation.detection.n_truth, 26);
  EXPECT_EQ(evaluation.detection.precision.frac, 1);
  EXPECT_EQ(evaluation.detection.recall.frac, 1);
  EXPECT_EQ(evaluation.detection.f1, 1);
  EXPECT_EQ(evaluation.detection.density_bias, 0);
  EXPECT_EQ(evaluation.detection.false_alarms_per_100_um, 0);
  EXPECT_EQ(evaluation.localisation.lateral_p95_um, 0);
  EXPECT_NEAR(evaluation.length.true_um, 160, 1e-9);
  EXPECT_NEAR(evaluation.length.traced_error_frac, 0, 1e-12);
  EXPECT_NEAR(evaluation.centreline.p95_um, 0, 1e-9);
  EXPECT_EQ(evaluation.centreline.missed_um, 0);
  EXPECT_EQ(evaluation.head_diameter_bias_frac, 0);
  EXPECT_EQ(evaluation.class_accuracy.frac, 1);
  EXPECT_EQ(evaluation.clear_cut_class_accuracy.whole, 26);
  EXPECT_EQ(evaluation.links.n_pairs, 8);
  EXPECT_EQ(evaluation.links.f1, 1);
  ASSERT_EQ(evaluation.events.size(), 2u);
  EXPECT_EQ(evaluation.events[0].false_of_stable.part, 0);
  EXPECT_EQ(evaluation.events[0].false_of_from.whole, 12);
  EXPECT_EQ(evaluation.events[0].recall.frac, 1);
  EXPECT_EQ(evaluation.events[0].recall.whole, 4);
  EXPECT_EQ(evaluation.events[1].recall.whole, 6);
  EXPECT_EQ(evaluation.events[1].precision.frac, 1);
  EXPECT_TRUE(evaluation.notes.empty());
}

TEST(EvaluateRun, perfect_run_has_the_densities_rates_and_contrasts_of_the_truth) {
  const Evaluation evaluation = evaluate_run(perfect_run()).evaluation;

  EXPECT_EQ(evaluation.densities.size(), 4u);
  for (const DensityComparison& row : evaluation.densities) {
    EXPECT_EQ(row.bias_frac, 0);
  }
  EXPECT_EQ(evaluation.rates.size(), 10u);
  for (const RateComparison& row : evaluation.rates) {
    EXPECT_TRUE(row.bias == 0 || std::isnan(row.truth) || std::isnan(row.run)) << row.measure;
  }
  ASSERT_EQ(evaluation.contrasts.size(), 4u);
  EXPECT_EQ(evaluation.contrasts[0].measure, "fold_change");
  EXPECT_NEAR(evaluation.contrasts[0].truth, 1.0 / 3, 1e-12);
  EXPECT_EQ(evaluation.contrasts[0].bias, 0);
  EXPECT_FALSE(std::isnan(evaluation.contrasts[0].planted));
}

TEST(EvaluateRun, narrower_and_wider_gates_are_scored_beside) {
  EvaluationInput input = perfect_run();
  for (SpineRow& row : input.run.spines) {
    row.spine.head.y_um += 0.5;
  }

  const Evaluation evaluation = evaluate_run(input).evaluation;

  EXPECT_EQ(evaluation.detection.f1, 1);
  ASSERT_EQ(evaluation.other_gates.size(), 2u);
  EXPECT_EQ(evaluation.other_gates[0].gates.lateral_um, 0.4);
  EXPECT_EQ(evaluation.other_gates[0].f1, 0);
  EXPECT_EQ(evaluation.other_gates[1].f1, 1);
}

TEST(EvaluateRun, stack_that_the_run_lacks_is_noted_and_missed) {
  EvaluationInput input = perfect_run();
  const auto is_m1 = [](const auto& row) { return row.subject_id == "m1"; };
  std::erase_if(input.run.spines, is_m1);
  std::erase_if(input.run.dendrites, is_m1);

  const Evaluation evaluation = evaluate_run(input).evaluation;

  EXPECT_EQ(evaluation.detection.n_missed, 6);
  ASSERT_EQ(evaluation.notes.size(), 2u);
  EXPECT_THAT(evaluation.notes[0], ::testing::HasSubstr("m1/ses--1/chunk-01"));
  EXPECT_NEAR(evaluation.length.traced_error_frac, -0.25, 1e-12);
}

TEST(EvaluateRun, positions_without_ids_know_no_links_and_no_events) {
  EvaluationInput input = perfect_run();
  input.truth.kind = TruthKind::positions;
  int number = 0;
  for (TruthStack& stack : input.truth.stacks) {
    stack.dendrites.clear();
    for (TruthSpine& spine : stack.spines) {
      spine.spine_id = "row" + std::to_string(++number);
    }
  }

  const Evaluation evaluation = evaluate_run(input).evaluation;

  EXPECT_EQ(evaluation.detection.f1, 1);
  EXPECT_EQ(evaluation.links.n_pairs, 0);
  EXPECT_TRUE(evaluation.events.empty());
  EXPECT_TRUE(evaluation.densities.empty());
  EXPECT_TRUE(std::isnan(evaluation.length.true_um));
}

}  // namespace
}  // namespace bramble
