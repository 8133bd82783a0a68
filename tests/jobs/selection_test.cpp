#include "jobs/selection.hpp"

#include "kernels/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bramble {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

ManifestEntry stack(const std::string& id, const std::string& subject, const std::string& session,
                    const std::string& fov) {
  ManifestEntry entry;
  entry.identity.stack_id = id;
  entry.identity.subject_id = subject;
  entry.identity.session_id = session;
  entry.identity.fov = fov;
  return entry;
}

Manifest small_study() {
  return {.stacks = {stack("aa", "M01", "ses-d01", "chunk-01"),
                     stack("bb", "M01", "ses-dm03", "chunk-01"),
                     stack("cc", "M02", "ses-d01", "chunk-02")},
          .fields = {
              {.field_id = "f1", .subject_id = "M01", .fov = "chunk-01", .stack_ids = {"aa", "bb"}},
              {.field_id = "f2", .subject_id = "M02", .fov = "chunk-02", .stack_ids = {"cc"}}}};
}

std::vector<std::string> selected_ids(const std::string& selection) {
  std::vector<std::string> ids;
  for (const ManifestEntry& entry : select(small_study(), parse_selection(selection)).stacks) {
    ids.push_back(entry.identity.stack_id);
  }
  return ids;
}

TEST(Selection, an_empty_one_selects_everything) {
  EXPECT_THAT(selected_ids(""), ElementsAre("aa", "bb", "cc"));
}

TEST(Selection, kinds_are_conditions_and_values_of_a_kind_alternatives) {
  EXPECT_THAT(selected_ids("sub=M01"), ElementsAre("aa", "bb"));
  EXPECT_THAT(selected_ids("sub=M01,ses=d01"), ElementsAre("aa"));
  EXPECT_THAT(selected_ids("ses=d01,ses=dm03,fov=chunk-01"), ElementsAre("aa", "bb"));
  EXPECT_THAT(selected_ids("sub=M03"), IsEmpty());
}

TEST(Selection, labels_may_carry_their_prefix) {
  EXPECT_THAT(selected_ids("sub=sub-M02,ses=ses-d01"), ElementsAre("cc"));
}

TEST(Selection, fields_keep_their_selected_stacks_only) {
  const Manifest manifest = select(small_study(), parse_selection("ses=dm03"));

  ASSERT_EQ(manifest.fields.size(), 1u);
  EXPECT_EQ(manifest.fields[0].field_id, "f1");
  EXPECT_THAT(manifest.fields[0].stack_ids, ElementsAre("bb"));
}

TEST(Selection, an_unreadable_file_stays) {
  Manifest manifest = small_study();
  manifest.stacks.emplace_back();
  manifest.stacks.back().problem = "b.h5: not an HDF5 file";

  EXPECT_EQ(select(manifest, parse_selection("sub=M02")).stacks.size(), 2u);
}

TEST(Selection, anything_else_is_refused) {
  EXPECT_THROW(parse_selection("subject=M01"), InvalidArgument);
  EXPECT_THROW(parse_selection("sub"), InvalidArgument);
  EXPECT_THROW(parse_selection("sub="), InvalidArgument);
  EXPECT_THROW(parse_selection("sub=M01,,ses=d01"), InvalidArgument);
}

}  // namespace
}  // namespace bramble
