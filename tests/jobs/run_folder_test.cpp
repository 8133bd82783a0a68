#include "jobs/run_folder.hpp"

#include "jobs/parameters_toml.hpp"
#include "kernels/core/error.hpp"
#include "tests/jobs/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bramble {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

RunRecord record_of(const Parameters& parameters, const std::string& commit = "abc") {
  return {.parameters = parameters,
          .provenance = {.version = "0.1.0",
                         .commit = commit,
                         .parameters_hash = parameters_hash(parameters),
                         .input_sha256 = {},
                         .backend = "cpu",
                         .processor = "Model \"X\""}};
}

std::string refusal_of(const RunFolder& folder, const RunRecord& record) {
  try {
    check_run_folder(folder, record);
    return {};
  } catch (const InvalidArgument& error) {
    return error.what();
  }
}

TEST(RunFolder, results_lie_in_folders_by_the_first_digits_of_their_id) {
  const RunFolder folder("out");

  EXPECT_EQ(folder.stack_result("a1b2"), "out/stacks/a1/a1b2.h5");
  EXPECT_EQ(folder.field_result("f00d"), "out/fields/f0/f00d.h5");
  EXPECT_EQ(folder.journal(3), "out/journal/rank-0003.jsonl");
}

TEST(RunFolder, labels_cannot_lead_out_of_the_folder) {
  StackIdentity identity;
  identity.stack_id = "0123456789abcdef";
  identity.subject_id = "../M 01";
  identity.session_id = "ses-d01";
  identity.fov = "a/b";

  EXPECT_EQ(RunFolder("out").swc(identity), "out/swc/sub-___M_01_ses-d01_a_b_012345.swc");
}

TEST(RunFolder, a_new_or_empty_folder_is_fresh) {
  const TemporaryFolder temporary;

  EXPECT_EQ(check_run_folder(RunFolder(temporary.path() / "new"), record_of({})),
            FolderState::fresh);
  EXPECT_EQ(check_run_folder(RunFolder(temporary.path()), record_of({})), FolderState::fresh);
  write_text(RunFolder(temporary.path()).lock(), "");
  EXPECT_EQ(check_run_folder(RunFolder(temporary.path()), record_of({})), FolderState::fresh);
}

TEST(RunFolder, the_same_parameters_resume) {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.path());
  write_run_record(folder, record_of({}));

  EXPECT_EQ(check_run_folder(folder, record_of({})), FolderState::resumed);
}

TEST(RunFolder, the_record_reads_back_as_written) {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.path());
  Parameters parameters;
  parameters.study.control_group = "saline";
  write_run_record(folder, record_of(parameters));

  const RunRecord record = read_run_record(folder);

  EXPECT_EQ(record.parameters.study.control_group, "saline");
  EXPECT_EQ(record.provenance.commit, "abc");
  EXPECT_EQ(record.provenance.processor, "Model \"X\"");
  EXPECT_EQ(record.provenance.parameters_hash, parameters_hash(record.parameters));
}

TEST(RunFolder, other_parameters_are_refused_with_what_differs) {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.path());
  Parameters there;
  there.restore.iterations = 12;
  write_run_record(folder, record_of(there));
  Parameters changed;
  changed.restore.iterations = 3;

  EXPECT_THAT(refusal_of(folder, record_of(changed)),
              AllOf(HasSubstr(temporary.path().string()),
                    HasSubstr("restore.iterations: 12 there, 3 here")));
}

TEST(RunFolder, another_version_is_refused_before_its_parameters_are_read) {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.path());
  write_text(folder.run_toml(),
             "[future]\nkey = 1\n[provenance]\nversion = '9.0'\ncommit = 'abc'\n"
             "parameters_hash = ''\nbackend = 'cpu'\nprocessor = ''\n");

  EXPECT_THAT(refusal_of(folder, record_of({})), AllOf(HasSubstr("9.0"), HasSubstr("0.1.0")));
}

TEST(RunFolder, another_commit_is_refused) {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.path());
  write_run_record(folder, record_of({}));

  EXPECT_THAT(refusal_of(folder, record_of({}, "def")), AllOf(HasSubstr("abc"), HasSubstr("def")));
}

TEST(RunFolder, a_folder_of_something_else_is_refused) {
  const TemporaryFolder temporary;
  write_text(temporary.path() / "thesis.tex", "text");

  EXPECT_THAT(refusal_of(RunFolder(temporary.path()), record_of({})),
              HasSubstr("not a run folder"));
  EXPECT_THROW(read_run_record(RunFolder(temporary.path())), InvalidArgument);
}

TEST(RunFolder, results_on_disk_are_whole_files_and_leftovers_go) {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.path());
  write_text(folder.stack_result("a1b2"), "");
  write_text(folder.stack_result("a1b3").string() + ".77.tmp", "");
  write_text(folder.stack_result("c0ff"), "");

  remove_leftovers(folder);

  EXPECT_THAT(results_on_disk(folder.stacks()), ElementsAre("a1b2", "c0ff"));
  EXPECT_TRUE(results_on_disk(folder.fields()).empty());
  EXPECT_FALSE(std::filesystem::exists(folder.stack_result("a1b3").string() + ".77.tmp"));
}

}  // namespace
}  // namespace bramble
