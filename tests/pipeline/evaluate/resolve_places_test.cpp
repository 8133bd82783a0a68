#include "pipeline/evaluate/resolve_places.hpp"

#include "kernels/core/error.hpp"
#include "tests/pipeline/evaluate/small_study.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bramble {
namespace {

DendriteRow dendrite_of(const std::string& subject, int day, const std::string& fov) {
  DendriteRow row;
  row.subject_id = subject;
  row.group = "ketamine";
  row.session_id = "ses-" + std::to_string(day);
  row.day = day;
  row.region = "Cg1";
  row.fov = fov;
  return row;
}

TEST(ResolvePlaces, what_the_run_has_only_once_is_filled_in) {
  StudyTruth truth{.kind = TruthKind::annotation, .stacks = {{.session_id = "ses-1"}}};
  StudyTables run;
  run.dendrites = {dendrite_of("m1", 1, "chunk-01"), dendrite_of("m1", 3, "chunk-01")};

  resolve_places(truth, run);

  EXPECT_EQ(truth.stacks[0].subject_id, "m1");
  EXPECT_EQ(truth.stacks[0].fov, "chunk-01");
  EXPECT_EQ(truth.stacks[0].group, "ketamine");
  EXPECT_EQ(truth.stacks[0].region, "Cg1");
  EXPECT_EQ(truth.stacks[0].day, 1);
}

TEST(ResolvePlaces, choice_of_several_is_refused_with_their_names) {
  StudyTruth truth{.kind = TruthKind::annotation, .stacks = {{.session_id = "ses-1"}}};
  StudyTables run;
  run.dendrites = {dendrite_of("m1", 1, "chunk-01"), dendrite_of("m2", 1, "chunk-01")};

  try {
    resolve_places(truth, run);
    FAIL();
  } catch (const InvalidArgument& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("subject"));
    EXPECT_THAT(error.what(), ::testing::HasSubstr("m1, m2"));
  }
}

TEST(ResolvePlaces, session_that_the_run_lacks_cannot_be_guessed) {
  StudyTruth truth{.kind = TruthKind::annotation, .stacks = {{.session_id = "ses-7"}}};
  StudyTables run;
  run.dendrites = {dendrite_of("m1", 1, "chunk-01")};

  EXPECT_THROW(resolve_places(truth, run), InvalidArgument);
}

TEST(ResolvePlaces, complete_places_stay_even_where_the_run_failed) {
  StudyTruth truth = phantom_truth({true_stack(3, {}), true_stack(1, {})});

  resolve_places(truth, {});

  EXPECT_EQ(truth.stacks[0].session_id, "ses-1");
  EXPECT_EQ(truth.stacks[1].session_id, "ses-3");
}

TEST(ResolvePlaces, stack_that_is_there_twice_is_refused) {
  StudyTruth truth = phantom_truth({true_stack(3, {}), true_stack(3, {})});

  EXPECT_THROW(resolve_places(truth, {}), InvalidArgument);
}

}  // namespace
}  // namespace bramble
