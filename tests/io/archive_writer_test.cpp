#include "io/archive_writer.hpp"

#include "io/archive_reader.hpp"
#include "io/hdf5_array.hpp"
#include "io/hdf5_attribute.hpp"
#include "io/hdf5_file.hpp"
#include "kernels/core/error.hpp"
#include "tests/io/edit_hdf5.hpp"
#include "tests/io/example_records.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bramble {
namespace {

TEST(ArchiveWriter, several_stacks_share_their_groups) {
  const TemporaryFolder folder;
  const PhantomStack first = example_phantom_stack();
  PhantomStack second = example_phantom_stack();
  second.identity.fov = "cortex_chunk-02";
  PhantomStack third = example_phantom_stack();
  third.identity.session_id = "ses-d01";
  third.identity.day = 1;

  write_archive(folder.file("a.h5"), {&first, &second, &third});
  const std::vector<ManifestEntry> entries = scan_archive(folder.file("a.h5"), {});

  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[0].identity.session_id, "ses-d01");
  EXPECT_EQ(entries[1].identity.fov, "chunk-01");
  EXPECT_EQ(entries[2].identity.fov, "chunk-02");
  EXPECT_EQ(entries[2].problem, "");
}

TEST(ArchiveWriter, equal_stacks_are_equal_bytes) {
  const TemporaryFolder folder;
  const PhantomStack stack = example_phantom_stack();

  write_archive(folder.file("a.h5"), {&stack});
  write_archive(folder.file("b.h5"), {&stack});

  EXPECT_EQ(content_of(folder.file("a.h5")), content_of(folder.file("b.h5")));
}

TEST(ArchiveWriter, uses_the_names_of_the_layout) {
  const TemporaryFolder folder;
  const PhantomStack stack = example_phantom_stack();

  write_archive(folder.file("a.h5"), {&stack});

  const H5File file = open_file_read_only(folder.file("a.h5"));
  const H5Group session = open_group(file.get(), "/sub-M01/ses-dm03");
  const H5Group chunk = open_group(file.get(), example_chunk);
  const H5Dataset dataset = open_dataset(file.get(), example_dataset);
  EXPECT_EQ(read_text_attribute(file.get(), "format_version"), "0.1");
  EXPECT_EQ(read_text_attribute(session.get(), "session_id"), "dm03");
  EXPECT_EQ(read_text_attribute(dataset.get(), "unit"), "counts");
  EXPECT_EQ(read_number_attribute(chunk.get(), "excitation_lambda"), 920);
  EXPECT_EQ(H5Pget_nfilters(creation_properties_of_dataset(dataset.get()).get()), 2);
}

TEST(ArchiveWriter, the_psf_lies_where_the_layout_says) {
  const TemporaryFolder folder;
  Volume<float> psf(MemorySpace::host, {3, 1, 1}, {1, 0.1f, 0.1f});
  psf.voxels()[1] = 1;

  write_archive(folder.file("a.h5"), psf,
                [](const AddStack& add) { add(example_phantom_stack()); });

  const H5File file = open_file_read_only(folder.file("a.h5"));
  const H5Group group = open_group(file.get(), "psf");
  Volume<float> read;
  read_volume(group.get(), "assumed", read);
  EXPECT_EQ(read.extent(), psf.extent());
  EXPECT_EQ(read.spacing(), psf.spacing());
  EXPECT_EQ(read.voxels()[1], 1);
  EXPECT_EQ(scan_archive(folder.file("a.h5"), {}).size(), 1u);
}

TEST(ArchiveWriter, threads_may_write_different_files) {
  const TemporaryFolder folder;
  const PhantomStack stack = example_phantom_stack();
  write_archive(folder.file("alone.h5"), {&stack});

#pragma omp parallel for num_threads(4)
  for (int i = 0; i < 16; ++i) {
    write_archive(folder.file(std::to_string(i) + ".h5"), {&stack});
  }

  for (int i = 0; i < 16; ++i) {
    EXPECT_EQ(content_of(folder.file(std::to_string(i) + ".h5")),
              content_of(folder.file("alone.h5")));
  }
}

TEST(ArchiveWriter, stack_without_a_place_is_refused) {
  const TemporaryFolder folder;
  PhantomStack no_channel = example_phantom_stack();
  no_channel.identity.channel.clear();
  PhantomStack no_chunk = example_phantom_stack();
  no_chunk.identity.fov = "field";

  EXPECT_THROW(write_archive(folder.file("a.h5"), {&no_channel}), InvalidArgument);
  EXPECT_THROW(write_archive(folder.file("a.h5"), {&no_chunk}), InvalidArgument);
  EXPECT_FALSE(std::filesystem::exists(folder.file("a.h5")));
}

TEST(ArchiveWriter, same_place_twice_is_an_error) {
  const TemporaryFolder folder;
  const PhantomStack stack = example_phantom_stack();

  EXPECT_THROW(write_archive(folder.file("a.h5"), {&stack, &stack}), ResourceError);
}

}  // namespace
}  // namespace bramble
