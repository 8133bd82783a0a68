#include "io/psf_file.hpp"

#include "io/archive_writer.hpp"
#include "io/hdf5_array.hpp"
#include "io/hdf5_file.hpp"
#include "kernels/core/error.hpp"
#include "tests/io/edit_hdf5.hpp"
#include "tests/io/example_records.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace bramble {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

StoredPsf example_psf() {
  StoredPsf psf;
  psf.values.reshape({3, 1, 5}, {0.5f, 0.2f, 0.1f});
  for (std::int64_t i = 0; i < psf.values.voxels().size(); ++i) {
    psf.values.voxels()[i] = static_cast<float>(i) / 7;
  }
  psf.kind = "theoretical";
  psf.model = "vectorial";
  psf.numerical_aperture = 0.8f;
  psf.excitation_nm = 920.0f;
  return psf;
}

void expect_same_values(const Volume<float>& a, const Volume<float>& b) {
  ASSERT_EQ(a.extent(), b.extent());
  EXPECT_EQ(a.spacing(), b.spacing());
  EXPECT_TRUE(std::equal(a.voxels().begin(), a.voxels().end(), b.voxels().begin()));
}

TEST(PsfFile, comes_back_as_it_was_written) {
  const TemporaryFolder folder;
  const StoredPsf psf = example_psf();

  write_psf(folder.file("a.h5"), psf);
  const StoredPsf alone = read_psf(folder.file("a.h5"));
  const StoredPsf by_path = read_psf(folder.file("a.h5:/psf/theoretical"));

  expect_same_values(alone.values, psf.values);
  expect_same_values(by_path.values, psf.values);
  EXPECT_EQ(alone.place, folder.file("a.h5:/psf/theoretical"));
  EXPECT_EQ(alone.kind, "theoretical");
  EXPECT_EQ(alone.model, "vectorial");
  EXPECT_EQ(alone.numerical_aperture, 0.8f);
  EXPECT_EQ(alone.excitation_nm, 920.0f);
  EXPECT_FALSE(alone.refractive_index.has_value());
}

TEST(PsfFile, same_psf_is_the_same_bytes) {
  const TemporaryFolder folder;

  write_psf(folder.file("a.h5"), example_psf());
  write_psf(folder.file("b.h5"), example_psf());

  EXPECT_EQ(content_of(folder.file("a.h5")), content_of(folder.file("b.h5")));
}

TEST(PsfFile, archive_holds_one_beside_its_stacks) {
  const TemporaryFolder folder;
  const StoredPsf psf = example_psf();
  const PhantomStack stack = example_phantom_stack();
  write_archive(folder.file("a.h5"), psf.values, [&](const AddStack& add) { add(stack); });

  const StoredPsf read = read_psf(folder.file("a.h5:/psf/assumed"));

  expect_same_values(read.values, psf.values);
  EXPECT_EQ(read.model, "gaussian");
  EXPECT_THAT([&] { read_psf(folder.file("a.h5")); },
              ThrowsMessage<DataError>(AllOf(HasSubstr("2 datasets"), HasSubstr(":/psf/assumed"),
                                             HasSubstr("images/GFP"))));
  EXPECT_THAT(
      [&] { read_psf(folder.file("a.h5:/psf/measured")); },
      ThrowsMessage<DataError>(AllOf(HasSubstr("a.h5:/psf/measured"), HasSubstr("/psf/assumed"))));
}

TEST(PsfFile, integers_and_doubles_are_numbers_too) {
  const TemporaryFolder folder;
  const std::uint16_t counts[] = {1, 2, 60000};
  const double size_um[] = {1, 0.5, 0.25};
  {
    H5File file = create_file(folder.file("a.h5"), FileVersion::any_reader);
    write_array(file.get(), "beads", H5T_NATIVE_UINT16, counts, {1, 1, 3}, {.chunk = {}});
    set_attribute(file.get(), "/beads", "element_size_um", H5T_NATIVE_DOUBLE, size_um, {3});
  }

  const StoredPsf read = read_psf(folder.file("a.h5"));

  EXPECT_EQ(read.values.voxels()[2], 60000);
  EXPECT_EQ(read.values.spacing(), (Spacing{1, 0.5f, 0.25f}));
  EXPECT_EQ(read.kind, "");
}

TEST(PsfFile, missing_voxel_size_is_named) {
  const TemporaryFolder folder;
  write_psf(folder.file("a.h5"), example_psf());
  edit_file(folder.file("a.h5"),
            [](hid_t file) { remove_attribute(file, "/psf/theoretical", "element_size_um"); });

  EXPECT_THAT([&] { read_psf(folder.file("a.h5")); },
              ThrowsMessage<DataError>(
                  AllOf(HasSubstr("a.h5:/psf/theoretical"), HasSubstr("element_size_um"))));
}

TEST(PsfFile, what_is_no_volume_is_refused) {
  const TemporaryFolder folder;
  const float values[] = {1, 2};
  {
    H5File file = create_file(folder.file("flat.h5"), FileVersion::any_reader);
    write_array(file.get(), "line", H5T_NATIVE_FLOAT, values, {2}, {.chunk = {}});
  }
  write_content(folder.file("text.h5"), "no HDF5");

  EXPECT_THAT([&] { read_psf(folder.file("flat.h5")); },
              ThrowsMessage<DataError>(HasSubstr("no dataset of three axes")));
  EXPECT_THAT([&] { read_psf(folder.file("flat.h5:/line")); },
              ThrowsMessage<DataError>(HasSubstr("1 axes")));
  EXPECT_THAT([&] { read_psf(folder.file("text.h5")); },
              ThrowsMessage<DataError>(HasSubstr("text.h5")));
  EXPECT_THAT([&] { read_psf(folder.file("none.h5")); },
              ThrowsMessage<DataError>(HasSubstr("none.h5")));
}

TEST(PsfFile, kind_must_be_one_of_two) {
  const TemporaryFolder folder;
  StoredPsf psf = example_psf();
  psf.kind = "guessed";

  EXPECT_THROW(write_psf(folder.file("a.h5"), psf), InvalidArgument);
  EXPECT_FALSE(std::filesystem::exists(folder.file("a.h5")));
}

TEST(PsfFile, example_archive_has_a_theoretical_one) {
  const std::string file = BRAMBLE_SOURCE_DIR "/../shared/data/formats/archive_example.h5";
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << file << " is not here";
  }

  const StoredPsf psf = read_psf(file + ":/psf/obj20x-na1.0-920nm");

  EXPECT_EQ(psf.kind, "theoretical");
  EXPECT_EQ(psf.model, "gaussian");
  EXPECT_EQ(psf.values.extent(), (Extent{15, 15, 15}));
  EXPECT_EQ(psf.numerical_aperture, 1.0f);
}

}  // namespace
}  // namespace bramble
