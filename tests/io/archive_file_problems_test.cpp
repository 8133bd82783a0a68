#include "tests/io/archive_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bramble {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

// Files that are no archives, and archives with holes.
using ArchiveFileProblems = ArchiveFixture;

TEST_F(ArchiveFileProblems, missing_file_is_a_problem_of_the_file) {
  const std::vector<ManifestEntry> entries = scan_archive("/nowhere/x.h5", {});

  ASSERT_EQ(entries.size(), 1u);
  EXPECT_THAT(entries[0].problem, StartsWith("/nowhere/x.h5: cannot be opened (No such file"));
  EXPECT_EQ(entries[0].identity.file, "/nowhere/x.h5");
  EXPECT_EQ(entries[0].identity.subject_id, "");
  EXPECT_EQ(entries[0].identity.path, "");
}

TEST_F(ArchiveFileProblems, folder_is_a_problem) {
  EXPECT_THAT(scan_archive(folder_.path(), {}).at(0).problem, HasSubstr("is a folder"));
}

TEST_F(ArchiveFileProblems, text_file_is_a_problem) {
  write_content(file_, "subject,session\n");

  EXPECT_THAT(scan_one().problem, AllOf(StartsWith(file_), HasSubstr("file signature not found"),
                                        HasSubstr("expected a whole HDF5 file")));
}

TEST_F(ArchiveFileProblems, empty_file_is_a_problem) {
  write_content(file_, "");

  EXPECT_THAT(scan_one().problem, HasSubstr("expected a whole HDF5 file"));
}

TEST_F(ArchiveFileProblems, truncated_file_is_a_problem) {
  const std::string whole = content_of(file_);
  write_content(file_, whole.substr(0, whole.size() - 100));

  EXPECT_THAT(scan_one().problem, HasSubstr("truncated file"));
}

TEST_F(ArchiveFileProblems, wrong_format_is_a_problem) {
  edit_file(file_, [](hid_t file) { set_variable_text(file, "/", "format", "something"); });

  EXPECT_THAT(scan_one().problem, HasSubstr("format is \"something\", expected \"two-photon"));
}

TEST_F(ArchiveFileProblems, future_format_version_is_a_problem) {
  edit_file(file_, [](hid_t file) { set_variable_text(file, "/", "format_version", "1.0.0"); });

  EXPECT_THAT(scan_one().problem, HasSubstr("format_version is \"1.0.0\", expected 0.1"));
}

TEST_F(ArchiveFileProblems, archive_without_animals_is_a_problem) {
  edit_file(file_, [](hid_t file) { H5Ldelete(file, "/sub-M01", H5P_DEFAULT); });

  EXPECT_THAT(scan_one().problem, HasSubstr("holds no group sub-*"));
}

TEST_F(ArchiveFileProblems, animal_without_sessions_is_a_problem_of_the_animal) {
  edit_file(file_, [](hid_t file) { H5Ldelete(file, "/sub-M01/ses-dm03", H5P_DEFAULT); });

  const ManifestEntry entry = scan_one();

  EXPECT_THAT(entry.problem, HasSubstr(file_ + ": /sub-M01: holds no group ses-*"));
  EXPECT_EQ(entry.identity.subject_id, "M01");
}

TEST_F(ArchiveFileProblems, dangling_link_is_a_problem_and_the_rest_is_read) {
  edit_file(file_, [](hid_t file) {
    H5Lcreate_soft("/nowhere", file, "/sub-M01/ses-d09", H5P_DEFAULT, H5P_DEFAULT);
  });

  const std::vector<ManifestEntry> entries = scan_archive(file_, {});

  ASSERT_EQ(entries.size(), 2u);
  EXPECT_THAT(entries[0].problem, HasSubstr("/sub-M01/ses-d09: cannot open group ses-d09"));
  EXPECT_EQ(entries[1].problem, "");
}

TEST_F(ArchiveFileProblems, index_of_soft_links_makes_no_duplicates) {
  edit_file(file_, [](hid_t file) {
    const H5Group fovs(H5Gcreate2(file, "/sub-M01/fovs", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    H5Lcreate_soft(example_chunk, fovs.get(), "ses-dm03", H5P_DEFAULT, H5P_DEFAULT);
  });

  EXPECT_EQ(scan_one().identity.path, example_dataset);
}

}  // namespace
}  // namespace bramble
