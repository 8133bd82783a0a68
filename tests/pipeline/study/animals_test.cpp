#include "pipeline/study/animals.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/records/flags.hpp"
#include "pipeline/study/density.hpp"
#include "pipeline/study/field_order.hpp"
#include "pipeline/study/transitions.hpp"
#include "tests/pipeline/study/tiny_study.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

std::vector<AnimalSession> sessions_of(std::vector<FieldResult> fields,
                                       const StudyParameters& parameters = {}) {
  fields = in_study_order(std::move(fields));
  std::vector<DendriteRow> dendrites;
  std::vector<TransitionRow> transitions;
  for (const FieldResult& field : fields) {
    for (const DendriteRow& row : dendrite_rows(field)) {
      dendrites.push_back(row);
    }
    for (const TransitionRow& row : transition_rows(field)) {
      transitions.push_back(row);
    }
  }
  return animal_sessions(fields, dendrites, transitions, parameters);
}

StudyParameters with_baseline(const std::string& baseline) {
  StudyParameters parameters;
  parameters.baseline = baseline;
  return parameters;
}

TEST(Animals, density_is_all_spines_over_all_usable_length) {
  const std::vector<AnimalSession> sessions = sessions_of({tiny_field()});

  ASSERT_EQ(sessions.size(), 3u);
  const AnimalRow& row = sessions[0].row;
  EXPECT_EQ(row.n_fields, 1);
  EXPECT_EQ(row.n_dendrites, 2);
  EXPECT_EQ(row.n_spines, 4);
  EXPECT_DOUBLE_EQ(row.length_um, 13);
  EXPECT_DOUBLE_EQ(row.density_per_um, 4.0 / 13);
}

// Dendrites of 0.375 and 0.2 spines per um: mean 0.2875, sd 0.175 / sqrt 2; t(1) at 0.975
// is 12.7062047 in every table.
TEST(Animals, interval_is_students_over_dendrites) {
  const AnimalRow row = sessions_of({tiny_field()}).at(0).row;

  EXPECT_NEAR(row.density_sd, 0.175 / std::sqrt(2.0), 1e-12);
  EXPECT_NEAR(row.density_ci_low, 0.2875 - 12.7062047 * 0.0875, 1e-7);
  EXPECT_NEAR(row.density_ci_high, 0.2875 + 12.7062047 * 0.0875, 1e-7);
}

TEST(Animals, fold_change_is_relative_to_the_sessions_before_day_zero) {
  const std::vector<AnimalSession> sessions = sessions_of({tiny_field()});

  EXPECT_TRUE(sessions[0].baseline);
  EXPECT_FALSE(sessions[1].baseline);
  EXPECT_DOUBLE_EQ(sessions[0].row.fold_change, 1);
  EXPECT_DOUBLE_EQ(sessions[1].row.fold_change, 5.0 / 4);
  EXPECT_DOUBLE_EQ(sessions[2].row.fold_change, 6.0 / 4);
  EXPECT_EQ(sessions[2].row.flags, "");
}

// 2 spines on 10 um and 4 on 30 um: 6 on 40 um, not the mean of 0.2 and 0.1333.
TEST(Animals, baseline_is_weighted_by_length) {
  FieldResult field = make_field("m1", "saline", {-3, -1, 2});
  add_dendrite(field, "d00", 0, {10, 10}, {{P, P, P}, {P, P, P}, {A, P, P}, {A, P, A}});
  field.dendrites[1].length_usable_um = 30;

  const std::vector<AnimalSession> sessions = sessions_of({field});

  EXPECT_NEAR(sessions[2].row.fold_change, (3.0 / 10) / (6.0 / 40), 1e-12);
}

TEST(Animals, first_session_is_the_baseline_when_none_is_before_day_zero) {
  FieldResult field = make_field("m1", "saline", {1, 3});
  add_dendrite(field, "d00", 0, {10, 10}, {{P, P}, {A, P}});

  const std::vector<AnimalSession> sessions = sessions_of({field});

  EXPECT_TRUE(sessions[0].baseline);
  EXPECT_DOUBLE_EQ(sessions[1].row.fold_change, 2);
  EXPECT_TRUE(has_flag(sessions[1].row.flags, "baseline_first_session"));
}

TEST(Animals, first_as_parameter_measures_from_the_first_session) {
  FieldResult field = make_field("m1", "saline", {-3, -1, 2});
  add_dendrite(field, "d00", 0, {10, 10}, {{P, P, P}, {A, P, P}});

  const std::vector<AnimalSession> sessions = sessions_of({field}, with_baseline("first"));

  EXPECT_FALSE(sessions[1].baseline);
  EXPECT_DOUBLE_EQ(sessions[2].row.fold_change, 2);
  EXPECT_EQ(sessions[2].row.flags, "");
}

TEST(Animals, unknown_baseline_is_refused) {
  EXPECT_THROW(sessions_of({tiny_field()}, with_baseline("mean")), InvalidArgument);
}

TEST(Animals, formation_and_elimination_are_pooled_over_dendrites) {
  const std::vector<AnimalSession> sessions = sessions_of({tiny_field()});

  EXPECT_TRUE(std::isnan(sessions[0].row.formation_frac));
  EXPECT_DOUBLE_EQ(sessions[1].row.formation_frac, 1.0 / 4);
  EXPECT_DOUBLE_EQ(sessions[1].row.elimination_frac, 1.0 / 4);
  EXPECT_DOUBLE_EQ(sessions[2].row.formation_frac, 2.0 / 5);
  EXPECT_DOUBLE_EQ(sessions[2].row.elimination_frac, 1.0 / 5);
}

TEST(Animals, fields_of_one_region_are_pooled_and_regions_are_not) {
  FieldResult second = tiny_field();
  second.fov = "chunk-02";
  FieldResult other_region = tiny_field();
  other_region.fov = "chunk-03";
  other_region.region = "M1";

  const std::vector<AnimalSession> sessions = sessions_of({tiny_field(), other_region, second});

  ASSERT_EQ(sessions.size(), 6u);
  EXPECT_EQ(sessions[0].row.n_fields, 2);
  EXPECT_EQ(sessions[0].row.n_spines, 8);
  EXPECT_EQ(sessions[3].row.region, "M1");
  EXPECT_EQ(sessions[3].row.n_fields, 1);
}

TEST(Animals, session_without_dendrites_has_a_row) {
  const AnimalRow row = sessions_of({make_field("m1", "saline", {0})}).at(0).row;

  EXPECT_EQ(row.n_dendrites, 0);
  EXPECT_TRUE(std::isnan(row.density_per_um));
  EXPECT_TRUE(std::isnan(row.fold_change));
}

TEST(Animals, animal_in_two_groups_is_flagged_in_both) {
  FieldResult treated = tiny_field("m1", "ketamine");
  treated.fov = "chunk-02";

  const std::vector<AnimalSession> sessions = sessions_of({tiny_field("m1", "saline"), treated});

  ASSERT_EQ(sessions.size(), 6u);
  EXPECT_TRUE(has_flag(sessions[0].row.flags, "in_several_groups"));
  EXPECT_TRUE(has_flag(sessions[5].row.flags, "in_several_groups"));
}

}  // namespace
}  // namespace bramble
