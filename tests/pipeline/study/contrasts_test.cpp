#include "pipeline/study/contrasts.hpp"

#include "pipeline/records/flags.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

AnimalSession animal(const std::string& subject, const std::string& group,
                     const std::string& session, double day, double fold_change) {
  AnimalSession animal_session;
  animal_session.row.subject_id = subject;
  animal_session.row.group = group;
  animal_session.row.region = "Cg1";
  animal_session.row.session_id = session;
  animal_session.row.day = day;
  animal_session.row.fold_change = fold_change;
  animal_session.row.density_per_um = 0.3 * fold_change;
  animal_session.baseline = day < 0;
  return animal_session;
}

// Three animals an arm: fold changes 1.0, 1.1, 1.2 against 0.8, 0.9, 1.0 at day 1; all 1 at the
// baseline.
std::vector<AnimalSession> two_arms() {
  std::vector<AnimalSession> sessions;
  for (int i = 0; i < 3; ++i) {
    const std::string number = std::to_string(i);
    sessions.push_back(animal("k" + number, "ketamine", "ses-0", -1, 1));
    sessions.push_back(animal("k" + number, "ketamine", "ses-1", 1, 1.0 + 0.1 * i));
    sessions.push_back(animal("s" + number, "saline", "ses-0", -1, 1));
    sessions.push_back(animal("s" + number, "saline", "ses-1", 1, 0.8 + 0.1 * i));
  }
  return sessions;
}

const StudyParameters saline_control{.control_group = "saline"};

TEST(Contrasts, are_differences_of_animal_means_after_the_baseline) {
  const std::vector<ContrastRow> rows = contrast_rows(two_arms(), saline_control);

  ASSERT_EQ(rows.size(), 2u);
  const ContrastRow& row = rows[0];
  EXPECT_EQ(row.measure, "fold_change");
  EXPECT_EQ(row.session_id, "ses-1");
  EXPECT_EQ(row.group, "ketamine");
  EXPECT_EQ(row.control, "saline");
  EXPECT_EQ(row.n_animals, 3);
  EXPECT_EQ(row.n_animals_control, 3);
  EXPECT_NEAR(row.estimate, 0.2, 1e-12);
  EXPECT_EQ(rows[1].measure, "density_per_um");
  EXPECT_NEAR(rows[1].estimate, 0.06, 1e-12);
}

// sd 0.1 in both arms: se = 0.1 sqrt(2 / 3), df = 4, t(4) at 0.975 is 2.7764451, g = (1 - 3 / 15)
// 0.2 / 0.1. Of the 20 splits of 0.8, 0.9, 1.0, 1.0, 1.1, 1.2 a sum of three deviates by at least
// 0.3 from 3.0 for {0.8, 0.9, 1.0} twice and their mirror images {1.0, 1.1, 1.2} twice.
TEST(Contrasts, interval_effect_size_and_p_follow_by_hand) {
  const ContrastRow row = contrast_rows(two_arms(), saline_control).at(0);

  EXPECT_NEAR(row.se, 0.1 * std::sqrt(2.0 / 3), 1e-12);
  EXPECT_NEAR(row.df, 4, 1e-9);
  EXPECT_NEAR(row.ci_low, 0.2 - 2.7764451 * 0.1 * std::sqrt(2.0 / 3), 1e-7);
  EXPECT_NEAR(row.hedges_g, 1.6, 1e-9);
  EXPECT_DOUBLE_EQ(row.p_permutation, 4.0 / 20);
  EXPECT_EQ(row.method, "welch_t");
  EXPECT_EQ(row.flags, "few_animals");
}

TEST(Contrasts, measures_without_values_have_no_rows) {
  for (const ContrastRow& row : contrast_rows(two_arms(), saline_control)) {
    EXPECT_NE(row.measure, "formation_frac");
  }
}

TEST(Contrasts, one_animal_in_an_arm_gives_an_estimate_only) {
  std::vector<AnimalSession> sessions = two_arms();
  std::erase_if(sessions, [](const AnimalSession& s) {
    return s.row.subject_id == "k1" || s.row.subject_id == "k2";
  });

  const ContrastRow row = contrast_rows(sessions, saline_control).at(0);

  EXPECT_NEAR(row.estimate, 0.1, 1e-12);
  EXPECT_TRUE(std::isnan(row.ci_low));
  EXPECT_TRUE(std::isnan(row.p_permutation));
  EXPECT_EQ(row.flags, "few_animals,no_interval");
}

TEST(Contrasts, session_that_an_arm_lacks_is_flagged) {
  std::vector<AnimalSession> sessions = two_arms();
  sessions.push_back(animal("k0", "ketamine", "ses-2", 3, 1));

  const std::vector<ContrastRow> rows = contrast_rows(sessions, saline_control);

  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[2].session_id, "ses-2");
  EXPECT_TRUE(std::isnan(rows[2].estimate));
  EXPECT_TRUE(has_flag(rows[2].flags, "missing_arm"));
}

TEST(Contrasts, each_other_group_is_compared_with_the_control) {
  std::vector<AnimalSession> sessions = two_arms();
  sessions.push_back(animal("e0", "esketamine", "ses-1", 1, 1));
  sessions.push_back(animal("n0", "", "ses-1", 1, 1));

  const std::vector<ContrastRow> rows = contrast_rows(sessions, saline_control);

  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0].group, "esketamine");
  EXPECT_EQ(rows[1].group, "ketamine");
}

TEST(Contrasts, animal_in_both_arms_is_flagged) {
  std::vector<AnimalSession> sessions = two_arms();
  sessions[1].row.flags = "in_several_groups";

  const ContrastRow row = contrast_rows(sessions, saline_control).at(0);

  EXPECT_TRUE(has_flag(row.flags, "animal_in_several_groups"));
}

TEST(Contrasts, need_a_control_group_that_is_there) {
  EXPECT_TRUE(contrast_rows(two_arms(), {}).empty());
  EXPECT_TRUE(contrast_rows(two_arms(), {.control_group = "vehicle"}).empty());
}

}  // namespace
}  // namespace bramble
