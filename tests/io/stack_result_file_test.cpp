#include "io/stack_result_file.hpp"

#include "kernels/core/error.hpp"
#include "tests/io/example_records.hpp"
#include "tests/io/same_record.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>

// HDF5 1.10 leaks an object header that fails its checksum, which the damaged files here provoke.
extern "C" const char* __lsan_default_suppressions() { return "leak:libhdf5_serial"; }

namespace bramble {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(StackResultFile, every_member_survives) {
  const TemporaryFolder folder;
  const StackResult written = example_stack_result();

  write_stack_result(folder.file("a.h5"), written);
  const StackResult read = read_stack_result(folder.file("a.h5"));

  EXPECT_TRUE(SameRecord::check(written, read));
}

TEST(StackResultFile, values_arrive_where_they_belong) {
  const TemporaryFolder folder;

  write_stack_result(folder.file("a.h5"), example_stack_result());
  const StackResult read = read_stack_result(folder.file("a.h5"));

  EXPECT_EQ(read.identity.session_id, "ses-dm03");
  EXPECT_EQ(read.acquisition.spacing, (Spacing{1.0f, 0.12f, 0.115f}));
  EXPECT_EQ(read.acquisition.saturation_value, 4095.0f);
  EXPECT_EQ(read.dendrites[0].nodes[2], (Position{0.5, 1, 2}));
  EXPECT_EQ(read.dendrites[1].parent_dendrite, 0);
  EXPECT_EQ(read.spines[3].spine_class, SpineClass::filopodium);
  EXPECT_EQ(read.spines[3].flags, "near_border,dim");
  EXPECT_TRUE(std::isnan(read.spines[3].neck_diameter_um));
  EXPECT_EQ(read.alignment.view()(1, 0, 0), 4.0f);
}

TEST(StackResultFile, empty_record_survives) {
  const TemporaryFolder folder;
  const StackResult nothing;

  write_stack_result(folder.file("a.h5"), nothing);
  const StackResult read = read_stack_result(folder.file("a.h5"));

  EXPECT_TRUE(std::isnan(read.identity.day));
  EXPECT_EQ(read.acquisition.offset_counts, std::nullopt);
  EXPECT_EQ(read.flags, "");
  EXPECT_TRUE(read.dendrites.empty());
  EXPECT_EQ(read.alignment.voxels().size(), 0);
}

TEST(StackResultFile, dendrite_without_nodes_and_text_with_blanks_survive) {
  const TemporaryFolder folder;
  StackResult written = example_stack_result();
  written.dendrites.insert(written.dendrites.begin() + 1, example_dendrite(7, {}));
  written.flags = " a  b ";
  written.identity.group = "k\xC3\xA9tamine";

  write_stack_result(folder.file("a.h5"), written);

  EXPECT_TRUE(SameRecord::check(written, read_stack_result(folder.file("a.h5"))));
}

TEST(StackResultFile, equal_records_are_equal_bytes) {
  const TemporaryFolder folder;
  const StackResult nothing;

  write_stack_result(folder.file("a.h5"), example_stack_result());
  // Other files in between, so that left-over bytes in memory differ.
  write_stack_result(folder.file("c.h5"), nothing);
  const std::string noise(1'000'000, '\xAB');
  write_content(folder.file("noise"), noise);
  write_stack_result(folder.file("b.h5"), example_stack_result());

  EXPECT_EQ(content_of(folder.file("a.h5")), content_of(folder.file("b.h5")));
}

TEST(StackResultFile, reading_and_writing_again_gives_the_same_bytes) {
  const TemporaryFolder folder;
  write_stack_result(folder.file("a.h5"), example_stack_result());

  write_stack_result(folder.file("b.h5"), read_stack_result(folder.file("a.h5")));

  EXPECT_EQ(content_of(folder.file("a.h5")), content_of(folder.file("b.h5")));
}

TEST(StackResultFile, missing_file_is_refused_with_its_name) {
  EXPECT_THAT([] { read_stack_result("/nowhere/missing.h5"); },
              ThrowsMessage<DataError>(HasSubstr("/nowhere/missing.h5: cannot be opened")));
}

TEST(StackResultFile, file_cut_short_is_refused_at_every_length) {
  const TemporaryFolder folder;
  write_stack_result(folder.file("a.h5"), example_stack_result());
  const std::string whole = content_of(folder.file("a.h5"));

  for (std::size_t size = 0; size < whole.size(); size += whole.size() / 23) {
    write_content(folder.file("torn.h5"), whole.substr(0, size));
    EXPECT_THROW(read_stack_result(folder.file("torn.h5")), DataError) << size;
  }
}

TEST(StackResultFile, flipped_byte_is_refused_or_harmless) {
  const TemporaryFolder folder;
  write_stack_result(folder.file("a.h5"), example_stack_result());
  const std::string whole = content_of(folder.file("a.h5"));
  int num_refused = 0;

  for (std::size_t i = 7; i < whole.size(); i += whole.size() / 97) {
    std::string damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    write_content(folder.file("damaged.h5"), damaged);
    try {
      EXPECT_TRUE(
          SameRecord::check(example_stack_result(), read_stack_result(folder.file("damaged.h5"))))
          << "byte " << i;
    } catch (const DataError&) {
      ++num_refused;
    }
  }

  EXPECT_GT(num_refused, 30);
}

void edit_attribute(const std::string& file, const char* name) {
  const hid_t id = H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  ASSERT_GE(id, 0);
  ASSERT_GE(H5Adelete(id, name), 0);
  ASSERT_GE(H5Fclose(id), 0);
}

TEST(StackResultFile, file_without_the_complete_mark_is_refused) {
  const TemporaryFolder folder;
  write_stack_result(folder.file("a.h5"), example_stack_result());

  edit_attribute(folder.file("a.h5"), "complete");

  EXPECT_THAT([&] { read_stack_result(folder.file("a.h5")); },
              ThrowsMessage<DataError>(HasSubstr("complete")));
}

TEST(StackResultFile, another_format_version_is_refused) {
  const TemporaryFolder folder;
  write_stack_result(folder.file("a.h5"), example_stack_result());

  edit_attribute(folder.file("a.h5"), "format_version");

  EXPECT_THAT([&] { read_stack_result(folder.file("a.h5")); },
              ThrowsMessage<DataError>(HasSubstr("format_version=\"nothing\", expected \"2\"")));
}

TEST(StackResultFile, folder_of_the_same_name_is_a_resource_error) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.file("a.h5"));

  EXPECT_THROW(write_stack_result(folder.file("a.h5"), example_stack_result()), ResourceError);
}

}  // namespace
}  // namespace bramble
