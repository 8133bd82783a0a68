#include "pipeline/study/build_tables.hpp"

#include "kernels/core/error.hpp"
#include "tests/pipeline/study/tiny_study.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace bramble {
namespace {

std::vector<FieldResult> small_study() {
  FieldResult second = tiny_field("m2", "ketamine");
  second.spines[4].state = P;
  FieldResult third = tiny_field("m1");
  third.fov = "chunk-02";
  return {tiny_field("m1"), second, third, tiny_field("m3", "ketamine"), tiny_field("m4")};
}

// Everything that a row says, as text, so that two sets of tables can be compared in one go.
std::string text_of(const StudyTables& tables) {
  std::ostringstream text;
  text.precision(17);
  for (const SpineRow& r : tables.spines) {
    text << r.subject_id << r.group << r.session_id << r.day << r.fov << r.spine_id
         << static_cast<int>(r.state) << '\n';
  }
  for (const DendriteRow& r : tables.dendrites) {
    text << r.subject_id << r.session_id << r.fov << r.dendrite_id << r.n_spines << ' '
         << r.density_per_um << '\n';
  }
  for (const TransitionRow& r : tables.transitions) {
    text << r.subject_id << r.fov << r.dendrite_id << r.session_to << r.n_from << ' ' << r.n_gained
         << ' ' << r.elimination_frac_corrected << '\n';
  }
  for (const AnimalRow& r : tables.animals) {
    text << r.subject_id << r.session_id << r.n_spines << ' ' << r.density_ci_high << ' '
         << r.fold_change << '\n';
  }
  for (const ContrastRow& r : tables.contrasts) {
    text << r.session_id << r.measure << r.estimate << ' ' << r.ci_low << ' ' << r.p_permutation
         << r.flags << '\n';
  }
  return text.str();
}

// The same field with its sessions from last to first.
FieldResult reversed_sessions(FieldResult field) {
  const int last = static_cast<int>(field.sessions.size()) - 1;
  std::reverse(field.sessions.begin(), field.sessions.end());
  for (FieldDendrite& dendrite : field.dendrites) {
    dendrite.session = last - dendrite.session;
  }
  for (FieldSpine& spine : field.spines) {
    spine.session = last - spine.session;
  }
  return field;
}

const StudyParameters parameters{.control_group = "saline"};

TEST(BuildTables, have_rows_for_every_level) {
  const StudyTables tables = build_tables(small_study(), parameters);

  EXPECT_EQ(tables.spines.size(), 5u * 7 * 3);
  EXPECT_EQ(tables.dendrites.size(), 5u * 2 * 3);
  EXPECT_EQ(tables.transitions.size(), 5u * 2 * 2);
  EXPECT_EQ(tables.animals.size(), 4u * 3);
  EXPECT_EQ(tables.contrasts.size(), 2u * 4);
  EXPECT_TRUE(tables.stacks.empty());
}

TEST(BuildTables, do_not_depend_on_the_order_of_fields) {
  std::vector<FieldResult> shuffled = small_study();
  std::reverse(shuffled.begin(), shuffled.end());
  std::swap(shuffled[1], shuffled[3]);

  EXPECT_EQ(text_of(build_tables(shuffled, parameters)),
            text_of(build_tables(small_study(), parameters)));
}

TEST(BuildTables, do_not_depend_on_the_order_within_a_field) {
  std::vector<FieldResult> shuffled = small_study();
  for (FieldResult& field : shuffled) {
    field = reversed_sessions(field);
    std::reverse(field.spines.begin(), field.spines.end());
    std::reverse(field.dendrites.begin(), field.dendrites.end());
  }

  EXPECT_EQ(text_of(build_tables(shuffled, parameters)),
            text_of(build_tables(small_study(), parameters)));
}

TEST(BuildTables, sessions_without_a_day_come_last_by_id) {
  FieldResult field = make_field("m1", "saline", {not_available, 4, not_available});
  add_dendrite(field, "d00", 0, {}, {{P, P, P}});

  const StudyTables tables = build_tables({field}, {});

  ASSERT_EQ(tables.spines.size(), 3u);
  EXPECT_EQ(tables.spines[0].session_id, "ses-1");
  EXPECT_EQ(tables.spines[1].session_id, "ses-0");
  EXPECT_EQ(tables.spines[2].session_id, "ses-2");
}

TEST(BuildTables, session_names_its_own_group) {
  FieldResult field = tiny_field();
  field.sessions[2].identity.group = "ketamine";
  field.sessions[0].identity.group = "";

  const StudyTables tables = build_tables({field}, {});

  EXPECT_EQ(tables.dendrites[0].group, "saline");
  EXPECT_EQ(tables.dendrites[2].group, "ketamine");
}

TEST(BuildTables, no_fields_give_no_rows) {
  const StudyTables tables = build_tables({}, parameters);

  EXPECT_TRUE(tables.spines.empty());
  EXPECT_TRUE(tables.animals.empty());
  EXPECT_TRUE(tables.contrasts.empty());
}

TEST(BuildTables, field_given_twice_is_refused) {
  EXPECT_THROW(build_tables({tiny_field(), tiny_field()}, {}), InvalidArgument);
}

TEST(BuildTables, row_of_an_unknown_session_is_refused) {
  FieldResult field = tiny_field();
  field.spines[0].session = 3;

  EXPECT_THROW(build_tables({field}, {}), InvalidArgument);
}

}  // namespace
}  // namespace bramble
