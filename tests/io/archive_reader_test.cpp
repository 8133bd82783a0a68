#include "io/archive_reader.hpp"

#include "tests/io/archive_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bramble {
namespace {

using testing::HasSubstr;

using ArchiveReader = ArchiveFixture;

TEST_F(ArchiveReader, reads_what_the_writer_wrote) {
  const ManifestEntry entry = scan_one();

  const StackIdentity& identity = entry.identity;
  EXPECT_EQ(entry.problem, "");
  EXPECT_EQ(identity.subject_id, "M01");
  EXPECT_EQ(identity.group, "ketamine");
  EXPECT_EQ(identity.session_id, "ses-dm03");
  EXPECT_EQ(identity.day, -3);
  EXPECT_EQ(identity.region, "MOs");
  EXPECT_EQ(identity.sample, "cortex");
  EXPECT_EQ(identity.fov, "chunk-01");
  EXPECT_EQ(identity.fov_uid, "uid-1");
  EXPECT_EQ(identity.channel, "GFP");
  EXPECT_EQ(identity.file, file_);
  EXPECT_EQ(identity.path, example_dataset);
  const Acquisition& acquisition = entry.acquisition;
  EXPECT_EQ(acquisition.extent, (Extent{3, 5, 7}));
  EXPECT_EQ(acquisition.spacing, (Spacing{1.0f, 0.12f, 0.115f}));
  EXPECT_FALSE(acquisition.spacing_overridden);
  EXPECT_EQ(acquisition.voxel_type, "uint16");
  EXPECT_EQ(acquisition.offset_counts, 100.0f);
  EXPECT_EQ(acquisition.saturation_value, 4095.0f);
  EXPECT_EQ(acquisition.gain_counts, 25.0f);
  EXPECT_EQ(acquisition.read_noise_counts, 8.0f);
  EXPECT_EQ(acquisition.excitation_nm, 920.0f);
  EXPECT_EQ(acquisition.numerical_aperture, 1.05f);
  EXPECT_EQ(acquisition.refractive_index, 1.33f);
  EXPECT_EQ(acquisition.psf_path, "/psf/measured");
  EXPECT_EQ(acquisition.qc_status, "good");
  EXPECT_GT(entry.stored_bytes, 0);
}

TEST_F(ArchiveReader, absent_attributes_are_absent) {
  edit_file(file_, [](hid_t file) {
    for (const char* name : {"excitation_lambda", "NumericalAperture", "refractive_index", "psf",
                             "qc_status", "location", "fov_uid"}) {
      remove_attribute(file, example_chunk, name);
    }
    remove_attribute(file, example_dataset, "offset_counts");
    remove_attribute(file, example_dataset, "saturation_value");
    remove_attribute(file, example_dataset, "gain_counts");
    remove_attribute(file, example_dataset, "read_noise_counts");
    remove_attribute(file, "/sub-M01/ses-dm03", "day");
    remove_attribute(file, "/sub-M01", "group");
  });

  const ManifestEntry entry = scan_one();

  EXPECT_EQ(entry.problem, "");
  EXPECT_TRUE(std::isnan(entry.identity.day));
  EXPECT_EQ(entry.identity.group, "");
  EXPECT_EQ(entry.identity.region, "");
  EXPECT_EQ(entry.acquisition.excitation_nm, std::nullopt);
  EXPECT_EQ(entry.acquisition.offset_counts, std::nullopt);
  EXPECT_EQ(entry.acquisition.saturation_value, std::nullopt);
  EXPECT_EQ(entry.acquisition.gain_counts, std::nullopt);
  EXPECT_EQ(entry.acquisition.read_noise_counts, std::nullopt);
  EXPECT_EQ(entry.acquisition.qc_status, "");
}

TEST_F(ArchiveReader, day_is_hours_over_24_where_no_day_is_given) {
  edit_file(file_, [](hid_t file) {
    remove_attribute(file, "/sub-M01/ses-dm03", "day");
    set_number(file, "/sub-M01/ses-dm03", "hours_since_treatment", -36);
  });

  EXPECT_EQ(scan_one().identity.day, -1.5);
}

TEST_F(ArchiveReader, text_of_any_kind_is_read) {
  edit_file(file_, [](hid_t file) {
    set_variable_text(file, "/", "format", "two-photon-stack-archive");
    set_variable_text(file, "/sub-M01", "group", "saline");
    set_attribute(file, example_chunk, "location", H5T_C_S1, "PFC", {3});
    const H5Type blank_padded(checked_id(H5Tcopy(H5T_FORTRAN_S1), "copy", "a type"));
    H5Tset_size(blank_padded.get(), 6);
    set_attribute(file, example_chunk, "qc_status", blank_padded.get(), "bad   ", {});
    set_variable_text(file, "/sub-M01/ses-dm03", "day", "-2.5");
  });

  const ManifestEntry entry = scan_one();

  EXPECT_EQ(entry.identity.group, "saline");
  EXPECT_EQ(entry.identity.region, "PFC");
  EXPECT_EQ(entry.acquisition.qc_status, "bad");
  EXPECT_EQ(entry.identity.day, -2.5);
}

TEST_F(ArchiveReader, one_of_several_channels_must_be_chosen) {
  edit_file(file_, [](hid_t file) {
    H5Lcreate_hard(file, example_dataset, file, (std::string(example_images) + "/tdTomato").c_str(),
                   H5P_DEFAULT, H5P_DEFAULT);
  });

  EXPECT_THAT(scan_one().problem, HasSubstr("choose with --channel one of GFP, tdTomato"));
  EXPECT_EQ(scan_one({.channel = "tdTomato", .voxel_size_um = {}}).identity.channel, "tdTomato");
  EXPECT_EQ(scan_one({.channel = "tdTomato", .voxel_size_um = {}}).problem, "");
}

TEST_F(ArchiveReader, channel_that_is_not_there_is_a_problem_with_the_names) {
  const ManifestEntry entry = scan_one({.channel = "RFP", .voxel_size_um = {}});

  EXPECT_THAT(entry.problem, HasSubstr("holds no channel RFP; there is GFP"));
}

TEST_F(ArchiveReader, chunk_without_images_is_a_problem) {
  edit_file(file_, [](hid_t file) { H5Ldelete(file, example_images, H5P_DEFAULT); });

  EXPECT_THAT(scan_one().problem, HasSubstr("cannot open group images"));
}

TEST_F(ArchiveReader, bytes_are_full_at_255) {
  edit_file(file_, [](hid_t file) {
    const H5Dataset dataset = replace_voxels(file, H5T_NATIVE_UINT8, {1, 1, 2});
    const std::uint8_t voxels[] = {1, 2};
    H5Dwrite(dataset.get(), H5T_NATIVE_UINT8, H5S_ALL, H5S_ALL, H5P_DEFAULT, voxels);
  });

  EXPECT_EQ(scan_one().acquisition.saturation_value, 255.0f);
}

}  // namespace
}  // namespace bramble
