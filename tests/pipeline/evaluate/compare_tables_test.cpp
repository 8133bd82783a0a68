#include "pipeline/evaluate/compare_tables.hpp"

#include "pipeline/evaluate/truth_tables.hpp"
#include "tests/pipeline/evaluate/small_study.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

TEST(TruthTables, count_spines_and_turnover_by_hand) {
  const StudyTruth truth =
      phantom_truth({true_stack(-1, {true_spine("a", {5, 4, 2}), true_spine("b", {5, 4, 6}),
                                     ignored_spine("e", {5, 4, 9})}),
                     true_stack(1, {true_spine("a", {5, 4, 2}), true_spine("c", {5, 4, 12}),
                                    true_spine("d", {5, 4, 16}), true_spine("e", {5, 4, 9})})});

  const StudyTables tables = truth_tables(truth, {});

  ASSERT_EQ(tables.dendrites.size(), 2u);
  EXPECT_EQ(tables.dendrites[0].n_spines, 2);
  EXPECT_DOUBLE_EQ(tables.dendrites[0].density_per_um, 0.1);
  ASSERT_EQ(tables.transitions.size(), 1u);
  EXPECT_EQ(tables.transitions[0].n_stable, 1);
  EXPECT_EQ(tables.transitions[0].n_lost, 1);
  EXPECT_EQ(tables.transitions[0].n_gained, 2);  // e cannot be assessed before
  ASSERT_EQ(tables.animals.size(), 2u);
  EXPECT_DOUBLE_EQ(tables.animals[1].fold_change, 2);
}

AnimalRow animal(const std::string& subject, double density_per_um) {
  AnimalRow row;
  row.subject_id = subject;
  row.group = "saline";
  row.session_id = "ses-1";
  row.density_per_um = density_per_um;
  return row;
}

TEST(CompareDensities, leave_out_animals_that_the_run_lacks) {
  StudyTables truth;
  truth.animals = {animal("m1", 1.0), animal("m2", 3.0)};
  StudyTables run;
  run.animals = {animal("m1", 0.8), animal("m2", not_available)};

  const auto rows = compare_densities(truth, run);

  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].n_animals, 1);
  EXPECT_DOUBLE_EQ(rows[0].truth_per_um, 1);
  EXPECT_TRUE(compare_densities(truth, {}).empty());
}

TEST(CompareDensities, bias_of_the_mean_of_animals) {
  StudyTables truth;
  truth.animals = {animal("m1", 1.0), animal("m2", 3.0)};
  StudyTables run;
  run.animals = {animal("m1", 0.8), animal("m2", 2.2)};

  const auto rows = compare_densities(truth, run);

  ASSERT_EQ(rows.size(), 1u);
  EXPECT_DOUBLE_EQ(rows[0].truth_per_um, 2);
  EXPECT_DOUBLE_EQ(rows[0].run_per_um, 1.5);
  EXPECT_DOUBLE_EQ(rows[0].bias_frac, -0.25);
}

TransitionRow transition(int n_from, int n_to, int n_gained, int n_lost) {
  TransitionRow row;
  row.group = "saline";
  row.session_from = "ses-0";
  row.session_to = "ses-1";
  row.n_from = n_from;
  row.n_to = n_to;
  row.n_gained = n_gained;
  row.n_lost = n_lost;
  return row;
}

TEST(CompareRates, dendrites_are_pooled) {
  StudyTables truth;
  truth.transitions = {transition(10, 10, 1, 1), transition(30, 32, 3, 1)};
  StudyTables run;
  run.transitions = {transition(20, 20, 4, 2)};

  const auto rows = compare_rates(truth, run);

  ASSERT_EQ(rows.size(), 5u);
  EXPECT_EQ(rows[0].measure, "formation_frac");
  EXPECT_DOUBLE_EQ(rows[0].truth, 0.1);
  EXPECT_DOUBLE_EQ(rows[0].run, 0.2);
  EXPECT_DOUBLE_EQ(rows[0].bias, 0.1);
  EXPECT_DOUBLE_EQ(rows[1].truth, 0.05);
  EXPECT_EQ(rows[2].measure, "turnover_ratio");
  EXPECT_DOUBLE_EQ(rows[2].truth, 6.0 / 82);
  EXPECT_DOUBLE_EQ(rows[2].run, 6.0 / 40);
  EXPECT_TRUE(std::isnan(rows[3].run));
}

ContrastRow contrast(const std::string& measure, double estimate) {
  ContrastRow row;
  row.session_id = "ses-1";
  row.day = 1;
  row.measure = measure;
  row.group = "ketamine";
  row.control = "saline";
  row.estimate = estimate;
  return row;
}

TEST(CompareContrasts, say_whether_the_interval_holds_the_truth) {
  StudyTables truth;
  truth.contrasts = {contrast("fold_change", 0.10), contrast("formation_frac", 0.10)};
  StudyTables run;
  run.contrasts = {contrast("fold_change", 0.08), contrast("formation_frac", 0.02),
                   contrast("elimination_frac", 0.02)};
  run.contrasts[0].ci_low = 0.01;
  run.contrasts[0].ci_high = 0.15;
  run.contrasts[1].ci_low = 0.00;
  run.contrasts[1].ci_high = 0.04;

  const auto rows = compare_contrasts(truth, run, PlantedEffect{});

  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].interval_holds_truth, "yes");
  EXPECT_NEAR(rows[0].bias, -0.02, 1e-12);
  EXPECT_NEAR(rows[0].planted, 0.05, 0.005);
  EXPECT_EQ(rows[1].interval_holds_truth, "no");
  EXPECT_TRUE(std::isnan(rows[1].planted));
}

// Reference science.md section 7.9: about +5, +9.5, +10, +10 % at days 1, 3, 5, 7.
TEST(PlantedGain, is_what_the_reference_says_of_the_default_effect) {
  const PlantedEffect effect;

  EXPECT_NEAR(planted_gain(effect, 1), 0.05, 0.005);
  EXPECT_NEAR(planted_gain(effect, 3), 0.095, 0.005);
  EXPECT_NEAR(planted_gain(effect, 5), 0.10, 0.008);
  EXPECT_NEAR(planted_gain(effect, 7), 0.10, 0.008);
}

TEST(PlantedGain, is_zero_before_the_treatment_and_counted_from_its_day) {
  EXPECT_EQ(planted_gain({}, 0), 0);
  EXPECT_EQ(planted_gain({}, -1), 0);
  EXPECT_DOUBLE_EQ(planted_gain({.treatment_day = 2}, 3), planted_gain({}, 1));
}

TEST(PlantedGain, release_as_slow_as_the_loss_has_its_own_formula) {
  const PlantedEffect equal{.extra_persistent_frac = 0,
                            .extra_transient_frac = 1,
                            .release_time_days = 2,
                            .transient_lifetime_days = 2};
  PlantedEffect close = equal;
  close.transient_lifetime_days = 2.0001;

  EXPECT_NEAR(planted_gain(equal, 2), std::exp(-1.0), 1e-12);
  EXPECT_NEAR(planted_gain(equal, 2), planted_gain(close, 2), 1e-4);
}

}  // namespace
}  // namespace bramble
