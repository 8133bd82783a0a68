#include "io/manifest_file.hpp"

#include "io/sha256.hpp"
#include "kernels/core/error.hpp"
#include "tests/io/example_records.hpp"
#include "tests/io/same_record.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace bramble {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

// As it is scanned: no stack_id, and the chunk as `fov`.
ManifestEntry entry_of(const std::string& subject, const std::string& session, double day,
                       const std::string& sample, const std::string& chunk) {
  ManifestEntry entry;
  entry.identity = example_identity();
  entry.identity.stack_id.clear();
  entry.identity.subject_id = subject;
  entry.identity.session_id = session;
  entry.identity.day = day;
  entry.identity.sample = sample;
  entry.identity.fov = chunk;
  entry.identity.file = subject + "_" + session + ".h5";
  entry.identity.path = "/" + sample + "/" + chunk;
  entry.acquisition = example_acquisition();
  entry.stored_bytes = 5'000'000'000;
  return entry;
}

ManifestEntry problem_of(const std::string& file, const std::string& problem) {
  ManifestEntry entry;
  entry.identity.file = file;
  entry.problem = problem;
  return entry;
}

TEST(MakeManifest, ids_are_the_first_16_digits_of_the_hashes) {
  const Manifest manifest = make_manifest({entry_of("M01", "ses-d01", 1, "cortex", "chunk-01")});

  EXPECT_EQ(manifest.stacks.at(0).identity.stack_id,
            sha256("M01/ses-d01/cortex/chunk-01/GFP").substr(0, 16));
  EXPECT_EQ(manifest.fields.at(0).field_id, sha256("M01/chunk-01").substr(0, 16));
}

TEST(MakeManifest, animal_with_one_sample_is_labelled_by_chunk) {
  const Manifest manifest = make_manifest({entry_of("M01", "ses-d01", 1, "cortex", "chunk-01"),
                                           entry_of("M02", "ses-d01", 1, "medial", "chunk-01")});

  EXPECT_EQ(manifest.stacks.at(0).identity.fov, "chunk-01");
  EXPECT_EQ(manifest.stacks.at(1).identity.fov, "chunk-01");
}

TEST(MakeManifest, animal_with_several_samples_is_labelled_by_sample_and_chunk) {
  const Manifest manifest = make_manifest({entry_of("M01", "ses-d01", 1, "medial", "chunk-01"),
                                           entry_of("M01", "ses-d03", 3, "cortex", "chunk-01")});

  ASSERT_EQ(manifest.fields.size(), 2u);
  EXPECT_EQ(manifest.fields[0].fov, "cortex_chunk-01");
  EXPECT_EQ(manifest.fields[1].fov, "medial_chunk-01");
  EXPECT_EQ(manifest.stacks[0].identity.stack_id,
            sha256("M01/ses-d01/medial/chunk-01/GFP").substr(0, 16));
}

TEST(MakeManifest, sessions_of_a_field_come_by_day_and_those_without_one_last) {
  const Manifest manifest =
      make_manifest({entry_of("M01", "ses-d10", 10, "cortex", "chunk-01"),
                     entry_of("M01", "ses-a", not_available, "cortex", "chunk-01"),
                     entry_of("M01", "ses-d02", 2, "cortex", "chunk-01"),
                     entry_of("M01", "ses-dm03", -3, "cortex", "chunk-01")});

  std::vector<std::string> sessions;
  for (const std::string& id : manifest.fields.at(0).stack_ids) {
    const auto found = std::ranges::find_if(
        manifest.stacks, [&](const ManifestEntry& e) { return e.identity.stack_id == id; });
    sessions.push_back(found->identity.session_id);
  }

  EXPECT_THAT(sessions, ElementsAre("ses-dm03", "ses-d02", "ses-d10", "ses-a"));
}

TEST(MakeManifest, stacks_are_sorted_and_the_unreadable_ones_are_last) {
  const Manifest manifest = make_manifest({problem_of("z.h5", "bad"), problem_of("a.h5", "bad"),
                                           entry_of("M02", "ses-d01", 1, "cortex", "chunk-01"),
                                           entry_of("M01", "ses-d02", 2, "cortex", "chunk-01"),
                                           entry_of("M01", "ses-d01", 1, "cortex", "chunk-02")});

  std::vector<std::string> order;
  for (const ManifestEntry& entry : manifest.stacks) {
    order.push_back(entry.identity.file);
  }

  EXPECT_THAT(order,
              ElementsAre("M01_ses-d01.h5", "M01_ses-d02.h5", "M02_ses-d01.h5", "a.h5", "z.h5"));
}

TEST(MakeManifest, order_of_the_entries_does_not_matter) {
  std::vector<ManifestEntry> entries{entry_of("M01", "ses-d01", 1, "cortex", "chunk-01"),
                                     entry_of("M01", "ses-d01", 1, "cortex", "chunk-01"),
                                     entry_of("M01", "ses-d02", 2, "medial", "chunk-01"),
                                     problem_of("z.h5", "bad")};
  entries[1].identity.file = "copy.h5";
  const Manifest manifest = make_manifest(entries);

  std::ranges::reverse(entries);

  EXPECT_TRUE(SameRecord::check(manifest, make_manifest(entries)));
}

TEST(MakeManifest, manifest_of_a_manifest_is_the_same) {
  std::vector<ManifestEntry> entries{entry_of("M01", "ses-d01", 1, "cortex", "chunk-01"),
                                     entry_of("M01", "ses-d01", 1, "cortex", "chunk-01"),
                                     entry_of("M01", "ses-d02", 2, "medial", "chunk-01")};
  entries[2].acquisition.qc_status = "bad";
  const Manifest manifest = make_manifest(entries);

  EXPECT_TRUE(SameRecord::check(manifest, make_manifest(manifest.stacks)));
}

TEST(MakeManifest, second_stack_of_a_place_is_refused_with_both_files) {
  ManifestEntry copy = entry_of("M01", "ses-d01", 1, "cortex", "chunk-01");
  copy.identity.file = "A_copy.h5";

  const Manifest manifest =
      make_manifest({entry_of("M01", "ses-d01", 1, "cortex", "chunk-01"), copy});

  ASSERT_EQ(manifest.stacks.size(), 2u);
  EXPECT_EQ(manifest.stacks[0].identity.file, "A_copy.h5");
  EXPECT_THAT(manifest.stacks[1].problem, HasSubstr("M01_ses-d01.h5"));
  EXPECT_THAT(manifest.stacks[1].problem, HasSubstr("A_copy.h5"));
  EXPECT_EQ(manifest.fields.at(0).stack_ids.size(), 1u);
}

TEST(MakeManifest, unreadable_stack_does_not_make_a_readable_one_a_duplicate) {
  ManifestEntry broken = entry_of("M01", "ses-d01", 1, "cortex", "chunk-01");
  broken.identity.file = "A_broken.h5";
  broken.problem = "no voxel size";

  const Manifest manifest =
      make_manifest({entry_of("M01", "ses-d01", 1, "cortex", "chunk-01"), broken});

  EXPECT_EQ(manifest.stacks.at(0).problem, "");
  EXPECT_EQ(manifest.stacks.at(1).problem, "no voxel size");
  EXPECT_EQ(manifest.stacks.at(1).identity.stack_id, "");
}

TEST(MakeManifest, stack_of_bad_quality_is_excluded_and_in_no_field) {
  ManifestEntry bad = entry_of("M01", "ses-d01", 1, "cortex", "chunk-01");
  bad.acquisition.qc_status = "bad";

  const Manifest manifest = make_manifest({bad, problem_of("z.h5", "unreadable")});

  EXPECT_THAT(manifest.stacks.at(0).problem, testing::StartsWith("excluded:"));
  EXPECT_TRUE(is_excluded(manifest.stacks.at(0)));
  EXPECT_FALSE(is_excluded(manifest.stacks.at(1)));
  EXPECT_TRUE(manifest.fields.empty());
}

TEST(MakeManifest, nothing_gives_nothing) {
  const Manifest manifest = make_manifest({});

  EXPECT_TRUE(manifest.stacks.empty());
  EXPECT_TRUE(manifest.fields.empty());
}

TEST(ManifestFile, everything_survives_bit_by_bit) {
  const TemporaryFolder folder;
  ManifestEntry odd = entry_of("M02", "ses-x", 1.0 / 3, "cortex", "chunk-01");
  odd.acquisition.offset_counts = std::nullopt;
  odd.acquisition.spacing = {0.1f, 1.0f / 3, 0.7f};
  odd.identity.region = "\"quoted\"\tk\xC3\xA9t";
  const Manifest written =
      make_manifest({odd, entry_of("M01", "ses-a", not_available, "cortex", "chunk-01"),
                     problem_of("z.h5", "line one\nline two")});

  write_manifest(folder.file("manifest.json"), written);

  EXPECT_TRUE(SameRecord::check(written, read_manifest(folder.file("manifest.json"))));
}

TEST(ManifestFile, missing_day_is_null) {
  const TemporaryFolder folder;
  write_manifest(folder.file("m.json"),
                 make_manifest({entry_of("M01", "ses-a", not_available, "cortex", "chunk-01")}));

  EXPECT_THAT(content_of(folder.file("m.json")), HasSubstr("\"day\": null"));
}

TEST(ManifestFile, file_name_that_is_no_utf8_is_written) {
  const TemporaryFolder folder;

  write_manifest(folder.file("m.json"), make_manifest({problem_of("\xFF.h5", "unreadable")}));

  EXPECT_EQ(read_manifest(folder.file("m.json")).stacks.size(), 1u);
}

TEST(ManifestFile, what_is_no_manifest_is_refused_with_its_name) {
  const TemporaryFolder folder;
  write_content(folder.file("torn.json"), "{\"format\": \"bramble-man");
  write_content(folder.file("other.json"), "{\"format\": \"something\", \"format_version\": 1}");
  write_content(folder.file("empty.json"), "{}");

  EXPECT_THAT([&] { read_manifest(folder.file("torn.json")); },
              ThrowsMessage<DataError>(HasSubstr("torn.json: is no manifest")));
  EXPECT_THAT([&] { read_manifest(folder.file("other.json")); },
              ThrowsMessage<DataError>(HasSubstr("is something of version 1, expected bramble-")));
  EXPECT_THROW(read_manifest(folder.file("empty.json")), DataError);
  EXPECT_THROW(read_manifest(folder.file("missing.json")), DataError);
}

}  // namespace
}  // namespace bramble
