#include "pipeline/study/transitions.hpp"

#include "tests/pipeline/study/tiny_study.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

TEST(Transitions, are_counted_over_the_spines_assessable_in_both_sessions) {
  const FieldResult field = tiny_field();

  const std::vector<TransitionRow> rows = transition_rows(field);

  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0].dendrite_id, "d00");
  EXPECT_EQ(rows[0].session_from, "ses-0");
  EXPECT_EQ(rows[0].day_to, 1);
  EXPECT_EQ(rows[0].n_from, 3);
  EXPECT_EQ(rows[0].n_to, 3);
  EXPECT_EQ(rows[0].n_stable, 2);
  EXPECT_EQ(rows[0].n_gained, 1);
  EXPECT_EQ(rows[0].n_lost, 1);
  EXPECT_EQ(rows[0].n_not_assessable, 1);
}

TEST(Transitions, rates_follow_their_formulae) {
  const FieldResult field = tiny_field();

  const std::vector<TransitionRow> rows = transition_rows(field);

  EXPECT_DOUBLE_EQ(rows[0].formation_frac, 1.0 / 3);
  EXPECT_DOUBLE_EQ(rows[0].elimination_frac, 1.0 / 3);
  EXPECT_DOUBLE_EQ(rows[0].turnover_ratio, 2.0 / 6);
  EXPECT_DOUBLE_EQ(rows[1].formation_frac, 1.0 / 4);
  EXPECT_DOUBLE_EQ(rows[1].elimination_frac, 1.0 / 4);
  EXPECT_DOUBLE_EQ(rows[3].formation_frac, 1);
  EXPECT_DOUBLE_EQ(rows[3].elimination_frac, 0);
  EXPECT_DOUBLE_EQ(rows[3].turnover_ratio, 1.0 / 3);
}

TEST(Transitions, net_change_is_formation_less_elimination) {
  FieldResult field = make_field("m1", "saline", {0, 1});
  add_dendrite(field, "d00", 0, {}, {{P, P}, {P, A}, {A, P}, {A, P}, {A, P}});

  const TransitionRow row = transition_rows(field).at(0);

  EXPECT_DOUBLE_EQ(static_cast<double>(row.n_to) / row.n_from,
                   1 + row.formation_frac - row.elimination_frac);
}

TEST(Transitions, gap_recall_counts_the_spines_seen_between_two_sightings) {
  const FieldResult field = tiny_field();

  const GapRecall recall = gap_recall(field);

  EXPECT_EQ(recall.num_bracketed, 3);
  EXPECT_EQ(recall.num_seen, 2);
  EXPECT_DOUBLE_EQ(recall.recall_frac(), 2.0 / 3);
}

TEST(Transitions, gap_recall_leaves_out_what_could_not_be_assessed) {
  FieldResult field = make_field("m1", "saline", {0, 1, 2});
  add_dendrite(field, "d00", 0, {}, {{P, N, P}, {P, P, P}});

  EXPECT_EQ(gap_recall(field).num_bracketed, 1);
}

TEST(Transitions, correction_takes_missed_spines_off_elimination_and_formation) {
  const FieldResult field = tiny_field();

  const std::vector<TransitionRow> rows = transition_rows(field);

  EXPECT_NEAR(rows[0].elimination_frac_corrected, 1 - (2.0 / 3) / (2.0 / 3), 1e-12);
  EXPECT_NEAR(rows[0].formation_frac_corrected, 0, 1e-12);
  EXPECT_NEAR(rows[1].elimination_frac_corrected, 1 - 0.75 / (2.0 / 3), 1e-12);
  EXPECT_NEAR(rows[1].turnover_ratio_corrected, -0.25 / 2, 1e-12);
  EXPECT_NEAR(rows[3].elimination_frac_corrected, 1 - 1 / (2.0 / 3), 1e-12);
  EXPECT_NEAR(rows[3].formation_frac_corrected, -0.5 + 1, 1e-12);
  EXPECT_NEAR(rows[3].turnover_ratio_corrected, 0, 1e-12);
}

// Expected counts of a population with elimination 0.2, formation 0.1 and recall 0.9 in every
// session, without noise: 1000 spines at the first session, of which 810 are seen then and at the
// third session less those that went.
TEST(Transitions, correction_recovers_the_true_elimination) {
  constexpr int stays = 640, goes_late = 160, goes_early = 200;
  FieldResult field = make_field("m1", "saline", {0, 1, 2});
  std::vector<std::vector<SpineState>> spines;
  const auto seen_in = [&spines](int number, bool first, bool second, bool third) {
    spines.insert(spines.end(), static_cast<std::size_t>(number),
                  {first ? P : A, second ? P : A, third ? P : A});
  };
  for (int pattern = 0; pattern < 8; ++pattern) {
    const bool first = pattern & 1;
    const bool second = pattern & 2;
    const bool third = pattern & 4;
    const double part = (first ? 0.9 : 0.1) * (second ? 0.9 : 0.1);
    seen_in(static_cast<int>(std::lround(stays * part * (third ? 0.9 : 0.1))), first, second,
            third);
    seen_in(third ? 0 : static_cast<int>(std::lround(goes_late * part)), first, second, false);
    seen_in(second || third ? 0 : static_cast<int>(std::lround(goes_early * (first ? 0.9 : 0.1))),
            first, false, false);
  }
  add_dendrite(field, "d00", 0, {}, spines);

  const std::vector<TransitionRow> rows = transition_rows(field);

  EXPECT_NEAR(rows[0].elimination_frac, 1 - 0.8 * 0.9, 0.005);
  EXPECT_NEAR(rows[0].elimination_frac_corrected, 0.2, 0.005);
}

TEST(Transitions, corrected_rates_are_not_available_with_two_sessions) {
  FieldResult field = make_field("m1", "saline", {0, 1});
  add_dendrite(field, "d00", 0, {}, {{P, P}, {P, A}});

  const TransitionRow row = transition_rows(field).at(0);

  EXPECT_DOUBLE_EQ(row.elimination_frac, 0.5);
  EXPECT_TRUE(std::isnan(row.elimination_frac_corrected));
  EXPECT_TRUE(std::isnan(row.formation_frac_corrected));
  EXPECT_TRUE(std::isnan(row.turnover_ratio_corrected));
}

TEST(Transitions, rates_are_not_available_without_a_spine_to_start_from) {
  FieldResult field = make_field("m1", "saline", {0, 1});
  add_dendrite(field, "d00", 0, {}, {{A, P}});

  const TransitionRow row = transition_rows(field).at(0);

  EXPECT_EQ(row.n_gained, 1);
  EXPECT_TRUE(std::isnan(row.formation_frac));
  EXPECT_DOUBLE_EQ(row.turnover_ratio, 1);
}

TEST(Transitions, need_the_dendrite_in_both_sessions) {
  FieldResult field = make_field("m1", "saline", {0, 1, 2});
  add_dendrite(field, "d00", 0, {}, {{P, N, P}});
  std::erase_if(field.dendrites, [](const FieldDendrite& d) { return d.session == 1; });

  EXPECT_TRUE(transition_rows(field).empty());
}

}  // namespace
}  // namespace bramble
