#include "pipeline/phantom/truth_tables.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

// A volume of 10 x 10 x 10 um.
PhantomStack session_of(double day) {
  PhantomStack stack;
  stack.identity.subject_id = "K01";
  stack.identity.group = "ketamine";
  stack.identity.fov = "chunk-01";
  stack.identity.session_id = day < 0 ? "ses-before" : "ses-after";
  stack.identity.day = day;
  stack.acquisition.extent = {11, 101, 101};
  stack.acquisition.spacing = {1, 0.1f, 0.1f};
  PhantomDendrite dendrite;
  dendrite.dendrite_id = "d01";
  for (int i = 0; i <= 150; ++i) {
    dendrite.nodes.push_back({5, 5, 0.1 * i - 2.05});
  }
  stack.dendrites.push_back(dendrite);
  return stack;
}

void add(PhantomStack& stack, const char* id, double x_um, bool scorable, double birth_day,
         double death_day) {
  PhantomSpine spine;
  spine.dendrite_id = "d01";
  spine.spine_id = id;
  spine.base = {5, 5, x_um};
  spine.head = {5, 6, x_um};
  spine.scorable = scorable;
  spine.pool = "persistent";
  spine.birth_day = birth_day;
  spine.death_day = death_day;
  stack.spines.push_back(spine);
}

struct TwoSessions {
  PhantomStack before = session_of(-1);
  PhantomStack after = session_of(1);

  void live(const char* id, double x_before_um, double x_after_um, bool scorable) {
    add(before, id, x_before_um, scorable, -1, 99);
    add(after, id, x_after_um, scorable, -1, 99);
  }
  std::vector<PhantomTransitionRow> transitions() const {
    return count_transitions({&before, &after});
  }
};

void expect_counts(const PhantomTransitionRow& row, int n_stable, int n_lost, int n_gained) {
  EXPECT_EQ(row.n_stable, n_stable);
  EXPECT_EQ(row.n_lost, n_lost);
  EXPECT_EQ(row.n_gained, n_gained);
  EXPECT_EQ(row.n_from, n_stable + n_lost);
  EXPECT_EQ(row.n_to, n_stable + n_gained);
}

TEST(CountTransitions, counts_births_and_deaths_of_all_and_of_scorable_spines) {
  TwoSessions sessions;
  sessions.live("d01s001", 2, 2.5, true);
  sessions.live("d01s002", 3, 3.5, false);
  add(sessions.before, "d01s003", 4, true, -1, 0.5);
  add(sessions.before, "d01s004", 5, false, -1, 1);
  add(sessions.after, "d01s005", 6, true, 0.3, 99);

  const std::vector<PhantomTransitionRow> rows = sessions.transitions();

  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].subject_id, "K01");
  EXPECT_EQ(rows[0].fov, "chunk-01");
  EXPECT_EQ(rows[0].dendrite_id, "d01");
  EXPECT_EQ(rows[0].session_from, "ses-before");
  EXPECT_EQ(rows[0].session_to, "ses-after");
  EXPECT_FALSE(rows[0].scorable_only);
  EXPECT_TRUE(rows[1].scorable_only);
  expect_counts(rows[0], 2, 2, 1);
  expect_counts(rows[1], 1, 1, 1);
}

TEST(CountTransitions, spine_that_leaves_or_enters_the_view_is_no_event) {
  TwoSessions sessions;
  sessions.live("d01s001", 9.5, 10.5, false);
  sessions.live("d01s002", -0.5, 0.5, false);
  add(sessions.before, "d01s003", 5, true, -1, 99);
  add(sessions.after, "d01s003", 5, false, -1, 99);
  add(sessions.before, "d01s004", 5, false, -1, 99);
  add(sessions.after, "d01s004", 5, true, -1, 99);

  const std::vector<PhantomTransitionRow> rows = sessions.transitions();

  expect_counts(rows[0], 2, 0, 0);
  expect_counts(rows[1], 0, 0, 0);
}

TEST(CountTransitions, event_counts_only_where_its_place_is_in_view_in_both_sessions) {
  TwoSessions sessions;
  for (Position& node : sessions.after.dendrites[0].nodes) {
    node.x_um += 3;  // the tissue has moved by 3 um
  }
  add(sessions.before, "d01s001", 5, true, -1, 0);
  add(sessions.before, "d01s002", 6.5, true, -1, 0);  // its place is at 9.5 um, near the edge
  add(sessions.before, "d01s003", 8, true, -1, 0);
  add(sessions.after, "d01s004", 5, true, 0, 99);
  add(sessions.after, "d01s005", 3.5, true, 0, 99);  // its place was at 0.5 um
  add(sessions.after, "d01s006", 2, true, 0, 99);

  const std::vector<PhantomTransitionRow> rows = sessions.transitions();

  expect_counts(rows[0], 0, 2, 2);
  expect_counts(rows[1], 0, 1, 1);
}

TEST(CountTransitions, place_on_a_retracted_end_is_out_of_view) {
  TwoSessions sessions;
  PhantomDendrite& rest = sessions.after.dendrites[0];
  rest.nodes.erase(rest.nodes.begin(), rest.nodes.begin() + 50);  // up to 2.95 um
  rest.first_node = 50;
  add(sessions.before, "d01s001", 2, true, -1, 0);
  add(sessions.before, "d01s002", 4, true, -1, 0);
  sessions.live("d01s003", 5, 5, true);

  expect_counts(sessions.transitions()[0], 1, 1, 0);
}

TEST(CountTransitions, spine_on_a_retracted_end_is_no_event) {
  TwoSessions sessions;
  add(sessions.before, "d01s001", 5, true, -1, 99);

  expect_counts(sessions.transitions()[0], 0, 0, 0);
}

TEST(CountTransitions, bystanders_and_other_dendrites_do_not_count) {
  TwoSessions sessions;
  sessions.live("d01s001", 2, 2, true);
  sessions.live("p001", 3, 3, false);
  sessions.before.spines[1].pool = "";
  sessions.after.spines[1].pool = "";
  sessions.live("d02s001", 4, 4, true);
  sessions.before.spines[2].dendrite_id = "d02";
  sessions.after.spines[2].dendrite_id = "d02";

  expect_counts(sessions.transitions()[0], 1, 0, 0);
}

TEST(CountTransitions, one_session_or_none_has_no_transitions) {
  const PhantomStack stack = session_of(1);

  EXPECT_TRUE(count_transitions({&stack}).empty());
  EXPECT_TRUE(count_transitions({}).empty());
}

TEST(SummariseTruth, counts_spines_and_length_inside_the_volume) {
  PhantomStack stack = session_of(1);
  add(stack, "d01s001", 2, true, -1, 99);
  add(stack, "d01s002", 3, false, -1, 99);
  add(stack, "d01s003", 12, false, -1, 99);

  const std::vector<PhantomSummaryRow> rows = summarise_truth(stack);

  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].subject_id, "K01");
  EXPECT_EQ(rows[0].group, "ketamine");
  EXPECT_EQ(rows[0].session_id, "ses-after");
  EXPECT_EQ(rows[0].day, 1);
  EXPECT_EQ(rows[0].dendrite_id, "d01");
  EXPECT_NEAR(rows[0].length_um, 9.9, 1e-9);  // nodes at 0.05 to 9.95 um
  EXPECT_EQ(rows[0].n_spines, 2);
  EXPECT_EQ(rows[0].n_scorable, 1);
  EXPECT_NEAR(rows[0].density_per_um, 2 / 9.9, 1e-9);
  EXPECT_NEAR(rows[0].scorable_density_per_um, 1 / 9.9, 1e-9);
}

TEST(SummariseTruth, dendrite_outside_the_volume_has_no_density) {
  PhantomStack stack = session_of(1);
  for (Position& node : stack.dendrites[0].nodes) {
    node.y_um = 20;
  }

  const PhantomSummaryRow row = summarise_truth(stack)[0];

  EXPECT_EQ(row.length_um, 0);
  EXPECT_EQ(row.n_spines, 0);
  EXPECT_TRUE(std::isnan(row.density_per_um));
}

}  // namespace
}  // namespace bramble
