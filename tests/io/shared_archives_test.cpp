#include "io/archive_reader.hpp"
#include "io/manifest_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace bramble {
namespace {

const std::string data = std::string(BRAMBLE_SOURCE_DIR) + "/../shared/data";

#define BRAMBLE_SKIP_WITHOUT(file)                                      \
  if (!std::filesystem::exists(file)) {                                 \
    GTEST_SKIP() << (file) << " is not here: real archives not tested"; \
  }

TEST(SharedArchives, example_of_the_layout_is_read) {
  const std::string file = data + "/formats/archive_example.h5";
  BRAMBLE_SKIP_WITHOUT(file);

  const std::vector<ManifestEntry> entries = scan_archive(file, {});

  ASSERT_EQ(entries.size(), 3u);
  const ManifestEntry& first = entries[0];
  EXPECT_EQ(first.problem, "");
  EXPECT_EQ(first.identity.session_id, "ses-d000");
  EXPECT_EQ(first.identity.group, "ketamine");
  EXPECT_EQ(first.identity.region, "MOs");
  EXPECT_DOUBLE_EQ(first.identity.day, -0.5 / 24);
  EXPECT_EQ(first.acquisition.psf_path, "/psf/obj20x-na1.0-920nm");
  EXPECT_EQ(first.acquisition.spacing, (Spacing{1.0f, 0.125f, 0.115f}));
  EXPECT_EQ(first.acquisition.offset_counts, 20.0f);
}

TEST(SharedArchives, example_of_the_layout_has_the_expected_voxels) {
  const std::string file = data + "/formats/archive_example.h5";
  BRAMBLE_SKIP_WITHOUT(file);
  const std::vector<ManifestEntry> entries = scan_archive(file, {});

  const StackVoxels stack = read_stack(entries.at(0));

  // data/formats/expected.json
  EXPECT_EQ(stack.input_sha256, "c9e1827be7129dc007747b1b1d8052f40f8678d1a6786f47e8567abb21aa5386");
  const auto& counts = std::get<Volume<std::uint16_t>>(stack.counts);
  EXPECT_EQ(counts.view()(1, 2, 3), 40000);
  EXPECT_EQ(counts.view()(31, 63, 63), 65535);
}

TEST(SharedArchives, annotated_stacks_are_read) {
  const std::string file = data + "/rr30a/sub-rr30a_ses-d04_2PE.h5";
  BRAMBLE_SKIP_WITHOUT(file);

  const std::vector<ManifestEntry> entries = scan_archive(file, {});

  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].problem, "");
  EXPECT_EQ(entries[0].identity.day, 4.1);
  EXPECT_EQ(entries[0].identity.channel, "structural");
  EXPECT_EQ(entries[0].acquisition.extent, (Extent{42, 1024, 1024}));
  EXPECT_EQ(entries[0].acquisition.voxel_type, "uint8");
  EXPECT_EQ(entries[0].acquisition.saturation_value, 255.0f);
}

TEST(SharedArchives, other_formats_are_refused_with_a_reason) {
  if (!std::filesystem::exists(data + "/formats")) {
    GTEST_SKIP() << data << "/formats is not here: other formats not tested";
  }
  for (const char* name : {"bdv_like.h5", "ims_like.ims", "nwb_like_4d.nwb", "mesc_like.mesc",
                           "imagej_like.tif", "README.md"}) {
    const std::vector<ManifestEntry> entries = scan_archive(data + "/formats/" + name, {});

    ASSERT_EQ(entries.size(), 1u) << name;
    EXPECT_NE(entries[0].problem.find("expected"), std::string::npos) << entries[0].problem;
  }
}

TEST(SharedArchives, sessions_of_one_animal_are_one_field) {
  const std::string folder = data + "/rr30a/";
  BRAMBLE_SKIP_WITHOUT(folder);
  std::vector<ManifestEntry> entries;
  for (const char* session : {"d04", "d00"}) {
    for (const ManifestEntry& entry :
         scan_archive(folder + "sub-rr30a_ses-" + session + "_2PE.h5", {})) {
      entries.push_back(entry);
    }
  }

  const Manifest manifest = make_manifest(entries);

  ASSERT_EQ(manifest.fields.size(), 1u);
  ASSERT_EQ(manifest.stacks.size(), 2u);
  EXPECT_EQ(manifest.fields[0].stack_ids.front(), manifest.stacks[0].identity.stack_id);
  EXPECT_EQ(manifest.stacks[0].identity.session_id, "ses-d00");
}

}  // namespace
}  // namespace bramble
