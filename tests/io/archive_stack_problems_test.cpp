#include "tests/io/archive_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bramble {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// Stacks that cannot be used.
using ArchiveStackProblems = ArchiveFixture;

struct VoxelSizeCase {
  std::string label;
  std::vector<float> values;
};

class BadVoxelSize : public ArchiveFixture, public testing::WithParamInterface<VoxelSizeCase> {};

TEST_P(BadVoxelSize, is_a_problem_that_names_the_option) {
  edit_file(file_, [](hid_t file) { set_voxel_size(file, GetParam().values); });

  const ManifestEntry entry = scan_one();

  EXPECT_THAT(entry.problem, AllOf(HasSubstr(example_dataset), HasSubstr("--voxel-size-um z,y,x")));
  EXPECT_EQ(entry.identity.channel, "GFP");
  EXPECT_EQ(entry.acquisition.extent, (Extent{3, 5, 7}));
}

INSTANTIATE_TEST_SUITE_P(Kinds, BadVoxelSize,
                         testing::Values(VoxelSizeCase{"zero_z", {0, 0.1f, 0.1f}},
                                         VoxelSizeCase{"zero_y", {1, 0, 0.1f}},
                                         VoxelSizeCase{"negative", {1, 0.1f, -0.1f}},
                                         VoxelSizeCase{"not_a_number", {1, 0.1f, std::nanf("")}},
                                         VoxelSizeCase{"fine_in_plane", {1, 0.019f, 0.1f}},
                                         VoxelSizeCase{"coarse_in_plane", {1, 0.1f, 2.1f}},
                                         VoxelSizeCase{"fine_axial", {0.04f, 0.1f, 0.1f}},
                                         VoxelSizeCase{"coarse_axial", {11, 0.1f, 0.1f}},
                                         VoxelSizeCase{"nanometres", {1000, 120, 120}},
                                         VoxelSizeCase{"two_numbers", {0.1f, 0.1f}}),
                         [](const auto& kind) { return kind.param.label; });

TEST_F(ArchiveStackProblems, voxel_size_at_the_limits_is_accepted) {
  for (const std::vector<float>& values :
       {std::vector<float>{0.051f, 0.021f, 0.021f}, std::vector<float>{10, 2, 2}}) {
    edit_file(file_, [&](hid_t file) { set_voxel_size(file, values); });

    EXPECT_EQ(scan_one().problem, "");
  }
}

TEST_F(ArchiveStackProblems, bad_voxel_size_is_named) {
  edit_file(file_, [](hid_t file) { set_voxel_size(file, {1, 120, 0.1f}); });

  EXPECT_THAT(scan_one().problem, HasSubstr("120 um along y, expected 0.02 to 2 um"));
}

TEST_F(ArchiveStackProblems, missing_voxel_size_is_a_problem) {
  edit_file(file_, [](hid_t file) { remove_attribute(file, example_dataset, "element_size_um"); });

  EXPECT_THAT(scan_one().problem, HasSubstr("element_size_um holds 0 numbers, expected 3"));
}

TEST_F(ArchiveStackProblems, given_voxel_size_replaces_a_missing_one_and_is_recorded) {
  edit_file(file_, [](hid_t file) { remove_attribute(file, example_dataset, "element_size_um"); });

  const ManifestEntry entry = scan_one({.channel = "", .voxel_size_um = Spacing{2, 0.2f, 0.3f}});

  EXPECT_EQ(entry.problem, "");
  EXPECT_EQ(entry.acquisition.spacing, (Spacing{2, 0.2f, 0.3f}));
  EXPECT_TRUE(entry.acquisition.spacing_overridden);
}

TEST_F(ArchiveStackProblems, stack_of_four_axes_is_a_problem) {
  edit_file(file_, [](hid_t file) { replace_voxels(file, H5T_NATIVE_UINT16, {2, 3, 4, 5}); });

  EXPECT_THAT(scan_one().problem, HasSubstr("has 4 axes (2x3x4x5), expected 3"));
}

TEST_F(ArchiveStackProblems, stack_without_planes_is_a_problem) {
  edit_file(file_, [](hid_t file) { replace_voxels(file, H5T_NATIVE_UINT16, {0, 3, 4}); });

  EXPECT_THAT(scan_one().problem, HasSubstr("has the shape 0x3x4"));
}

TEST_F(ArchiveStackProblems, unsupported_voxel_type_is_a_problem) {
  edit_file(file_, [](hid_t file) { replace_voxels(file, H5T_NATIVE_INT32, {2, 3, 4}); });

  EXPECT_THAT(scan_one().problem, HasSubstr("voxels of type int32, expected uint8, uint16"));
}

TEST_F(ArchiveStackProblems, stack_that_was_never_written_is_a_problem) {
  edit_file(file_, [](hid_t file) { replace_voxels(file, H5T_NATIVE_UINT16, {2, 3, 4}); });

  EXPECT_THAT(scan_one().problem, HasSubstr("holds no voxels"));
}

TEST_F(ArchiveStackProblems, stack_with_missing_chunks_is_a_problem) {
  edit_file(file_, [](hid_t file) {
    const H5Plist properties = create_property_list(H5P_DATASET_CREATE);
    const hsize_t chunk[] = {1, 3, 4};
    H5Pset_chunk(properties.get(), 3, chunk);
    const H5Dataset dataset = replace_voxels(file, H5T_NATIVE_UINT8, {3, 3, 4}, properties.get());
    const std::vector<std::uint8_t> plane(12, 1);
    const hsize_t offset[] = {1, 0, 0};
    H5Dwrite_chunk(dataset.get(), H5P_DEFAULT, 0, offset, plane.size(), plane.data());
  });

  EXPECT_THAT(scan_one().problem, HasSubstr("holds 1 of 3 chunks"));
}

std::size_t pass_through(unsigned, std::size_t, const unsigned*, std::size_t num_bytes,
                         std::size_t*, void**) {
  return num_bytes;
}

TEST_F(ArchiveStackProblems, filter_that_is_not_installed_is_a_problem) {
  constexpr H5Z_filter_t filter = 300;  // in the range for tests
  const H5Z_class2_t made_up{H5Z_CLASS_T_VERS, filter,  1,       1,
                             "made-up filter", nullptr, nullptr, pass_through};
  ASSERT_GE(H5Zregister(&made_up), 0);
  edit_file(file_, [](hid_t file) {
    const H5Plist properties = create_property_list(H5P_DATASET_CREATE);
    const hsize_t chunk[] = {2, 3, 4};
    H5Pset_chunk(properties.get(), 3, chunk);
    H5Pset_filter(properties.get(), filter, H5Z_FLAG_MANDATORY, 0, nullptr);
    const H5Dataset dataset = replace_voxels(file, H5T_NATIVE_UINT8, {2, 3, 4}, properties.get());
    const std::vector<std::uint8_t> voxels(24, 1);
    H5Dwrite(dataset.get(), H5T_NATIVE_UINT8, H5S_ALL, H5S_ALL, H5P_DEFAULT, voxels.data());
  });
  EXPECT_EQ(scan_one().problem, "");

  ASSERT_GE(H5Zunregister(filter), 0);

  EXPECT_THAT(scan_one().problem, AllOf(HasSubstr("HDF5 filter 300 (made-up filter)"),
                                        HasSubstr("not installed"), HasSubstr("h5repack")));
}

}  // namespace
}  // namespace bramble
