#include "jobs/work_plan.hpp"

#include "jobs/condition_trials.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bramble {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

ManifestEntry stack(const std::string& id, int num_slices = 20) {
  ManifestEntry entry;
  entry.identity.stack_id = id;
  entry.identity.subject_id = "M01";
  entry.identity.file = "a.h5";
  entry.acquisition.extent = {num_slices, 10, 10};
  entry.acquisition.spacing = {1, 0.1f, 0.1f};
  entry.acquisition.voxel_type = "uint16";
  entry.stored_bytes = 1000;
  return entry;
}

Manifest two_fields() {
  return {.stacks = {stack("aa"), stack("bb", 40), stack("cc")},
          .fields = {
              {.field_id = "f1", .subject_id = "M01", .fov = "chunk-01", .stack_ids = {"aa", "bb"}},
              {.field_id = "f2", .subject_id = "M01", .fov = "chunk-02", .stack_ids = {"cc"}}}};
}

RunInputs inputs_of(const Manifest& manifest) {
  return {.manifest = manifest, .calibrations = calibrate_conditions(manifest, {}, {})};
}

TEST(WorkPlan, a_fresh_run_does_all_stacks_and_then_their_fields) {
  const WorkPlan plan = plan_work(two_fields(), {});

  ASSERT_EQ(plan.items.size(), 5u);
  EXPECT_EQ(plan.items[1].kind, ItemKind::stack);
  EXPECT_EQ(plan.items[1].index, 1u);
  EXPECT_EQ(plan.items[1].cost, 4000);
  EXPECT_EQ(plan.items[3].kind, ItemKind::field);
  EXPECT_THAT(plan.items[3].after, ElementsAre(0, 1));
  EXPECT_THAT(plan.items[4].after, ElementsAre(2));
  EXPECT_EQ(plan.num_stacks_done, 0);
}

TEST(WorkPlan, a_result_on_disk_is_not_made_again) {
  const WorkPlan plan = plan_work(two_fields(), {"aa", "cc", "of another run"});

  ASSERT_EQ(plan.items.size(), 3u);
  EXPECT_EQ(plan.items[0].index, 1u);
  EXPECT_THAT(plan.items[1].after, ElementsAre(0));
  EXPECT_THAT(plan.items[2].after, IsEmpty());
  EXPECT_EQ(plan.num_stacks_done, 2);
}

TEST(WorkPlan, stacks_with_a_problem_are_left_out_and_a_field_of_such_too) {
  Manifest manifest = two_fields();
  manifest.stacks[0].problem = "a.h5: no voxel size";
  manifest.stacks[2].problem = "excluded: qc_status is bad";

  const WorkPlan plan = plan_work(manifest, {});

  ASSERT_EQ(plan.items.size(), 2u);
  EXPECT_EQ(plan.items[0].index, 1u);
  EXPECT_EQ(plan.items[1].kind, ItemKind::field);
  EXPECT_EQ(plan.items[1].index, 0u);
}

ItemHistory died(int num_deaths) {
  ItemHistory history;
  history.num_deaths = num_deaths;
  return history;
}

TEST(WorkPlan, what_is_quarantined_is_left_out_and_its_field_does_without) {
  const WorkPlan plan = plan_work(two_fields(), {}, {{"aa", died(2)}, {"f2", died(2)}});

  ASSERT_EQ(plan.items.size(), 3u);
  EXPECT_EQ(plan.items[0].index, 1u);
  EXPECT_EQ(plan.items[1].index, 2u);
  EXPECT_EQ(plan.items[2].kind, ItemKind::field);
  EXPECT_EQ(plan.items[2].index, 0u);
  EXPECT_THAT(plan.items[2].after, ElementsAre(0));
}

TEST(WorkPlan, suspects_come_last_and_one_at_a_time) {
  Manifest manifest = two_fields();
  manifest.stacks.push_back(stack("dd"));

  const WorkPlan plan = plan_work(manifest, {}, {{"aa", died(1)}, {"cc", died(1)}});

  ASSERT_EQ(plan.items.size(), 6u);
  EXPECT_THAT(plan.items[0].after, ElementsAre(1, 3));
  EXPECT_THAT(plan.items[2].after, ElementsAre(0));
  EXPECT_THAT(plan.items[1].after, IsEmpty());
  EXPECT_THAT(plan.items[3].after, IsEmpty());
}

TEST(StaleStacks, unchanged_input_keeps_its_results_wherever_the_file_lies) {
  Manifest moved = two_fields();
  moved.stacks[0].identity.file = "elsewhere/a.h5";

  EXPECT_THAT(stale_stacks({"aa", "bb", "cc"}, inputs_of(two_fields()), inputs_of(moved)),
              IsEmpty());
}

TEST(StaleStacks, changed_metadata_or_size_makes_a_result_stale) {
  Manifest changed = two_fields();
  changed.stacks[0].identity.group = "ketamine";
  changed.stacks[1].stored_bytes += 1;
  changed.stacks[2].acquisition.offset_counts = 100.0f;

  EXPECT_THAT(stale_stacks({"aa", "bb", "cc"}, inputs_of(two_fields()), inputs_of(changed)),
              ElementsAre("aa", "bb", "cc"));
}

TEST(StaleStacks, only_results_on_disk_count) {
  Manifest changed = two_fields();
  changed.stacks[0].identity.group = "ketamine";
  changed.stacks[1].identity.group = "ketamine";

  EXPECT_THAT(stale_stacks({"bb"}, inputs_of(two_fields()), inputs_of(changed)), ElementsAre("bb"));
}

TEST(StaleStacks, another_calibration_makes_a_result_stale) {
  RunInputs recalibrated = inputs_of(two_fields());
  recalibrated.calibrations.at(0).iterations += 1;

  EXPECT_THAT(stale_stacks({"cc"}, inputs_of(two_fields()), recalibrated), ElementsAre("cc"));
}

TEST(StaleStacks, a_result_that_the_earlier_manifest_does_not_explain_is_stale) {
  EXPECT_THAT(stale_stacks({"aa"}, RunInputs(), inputs_of(two_fields())), ElementsAre("aa"));
}

TEST(StaleStacks, a_stack_that_became_unusable_loses_its_result) {
  Manifest excluded = two_fields();
  excluded.stacks[0].problem = "excluded: qc_status is bad";

  EXPECT_THAT(stale_stacks({"aa"}, inputs_of(two_fields()), inputs_of(excluded)),
              ElementsAre("aa"));
}

}  // namespace
}  // namespace bramble
