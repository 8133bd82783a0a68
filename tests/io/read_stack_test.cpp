#include "io/archive_reader.hpp"
#include "io/archive_writer.hpp"
#include "io/hdf5_array.hpp"
#include "io/sha256.hpp"
#include "kernels/core/error.hpp"
#include "kernels/core/handle.hpp"
#include "tests/io/edit_hdf5.hpp"
#include "tests/io/example_records.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/file.h>

#include <cstdlib>
#include <cstring>
#include <numeric>

namespace bramble {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

std::vector<float> counts_of(const StackVoxels& stack) {
  return std::visit(
      [](const auto& volume) {
        return std::vector<float>(volume.voxels().begin(), volume.voxels().end());
      },
      stack.counts);
}

class ReadStack : public testing::Test {
 protected:
  ReadStack() : file_(folder_.file("archive.h5")), stack_(example_phantom_stack()) {
    write_archive(file_, {&stack_});
  }

  ManifestEntry scan_one() const { return scan_archive(file_, {}).at(0); }

  // Stores other voxels, `planes` to a chunk (0: not chunked), and reads them back.
  template <class T>
  StackVoxels store_and_read(const std::vector<T>& voxels, const std::vector<hsize_t>& shape,
                             hsize_t planes) const {
    edit_file(file_, [&](hid_t file) {
      const H5Plist properties = create_property_list(H5P_DATASET_CREATE);
      if (planes > 0) {
        const hsize_t chunk[] = {planes, shape[1], shape[2]};
        H5Pset_chunk(properties.get(), 3, chunk);
      }
      const H5Dataset dataset = replace_voxels(file, hdf5_type<T>(), shape, properties.get());
      H5Dwrite(dataset.get(), hdf5_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, voxels.data());
    });
    return read_stack(scan_one());
  }

  TemporaryFolder folder_;
  std::string file_;
  PhantomStack stack_;
};

TEST_F(ReadStack, gives_the_counts_that_were_written) {
  const StackVoxels read = read_stack(scan_one());

  EXPECT_EQ(view_of(read.counts).extent, (Extent{3, 5, 7}));
  EXPECT_EQ(view_of(read.counts).spacing, (Spacing{1.0f, 0.12f, 0.115f}));
  EXPECT_TRUE(std::ranges::equal(counts_of(read), stack_.counts.voxels()));
  EXPECT_EQ(counts_of(read).back(), 62400.0f);
}

TEST_F(ReadStack, hashes_the_stored_bytes) {
  const StackVoxels read = read_stack(scan_one());

  EXPECT_EQ(read.input_sha256, sha256(stack_.counts.view().data, 2 * 3 * 5 * 7));
}

TEST_F(ReadStack, signed_voxels_stay_signed) {
  const StackVoxels read = store_and_read<std::int16_t>({-32768, -1, 0, 32767}, {1, 2, 2}, 0);

  EXPECT_EQ(counts_of(read), (std::vector<float>{-32768.0f, -1.0f, 0.0f, 32767.0f}));
}

TEST_F(ReadStack, bytes_and_floats_are_read) {
  const StackVoxels bytes = store_and_read<std::uint8_t>({0, 127, 128, 255}, {4, 1, 1}, 1);
  const StackVoxels floats = store_and_read<float>({-0.5f, 1e6f}, {1, 1, 2}, 1);

  EXPECT_EQ(counts_of(bytes), (std::vector<float>{0.0f, 127.0f, 128.0f, 255.0f}));
  EXPECT_EQ(counts_of(floats), (std::vector<float>{-0.5f, 1e6f}));
}

TEST_F(ReadStack, big_endian_voxels_are_read_and_hashed_as_little_endian) {
  const std::vector<std::uint16_t> voxels{1, 256, 65535};
  edit_file(file_, [&](hid_t file) {
    const H5Dataset dataset = replace_voxels(file, H5T_STD_U16BE, {3, 1, 1});
    H5Dwrite(dataset.get(), H5T_NATIVE_UINT16, H5S_ALL, H5S_ALL, H5P_DEFAULT, voxels.data());
  });

  const StackVoxels read = read_stack(scan_one());

  EXPECT_EQ(counts_of(read), (std::vector<float>{1.0f, 256.0f, 65535.0f}));
  EXPECT_EQ(read.input_sha256, sha256(voxels.data(), 6));
}

// 33 planes of 512 kB with 5 planes a chunk: blocks of 15 planes, the last of 3.
TEST_F(ReadStack, many_blocks_give_the_same_as_one) {
  std::vector<std::uint8_t> voxels(33 * 512 * 1024);
  for (std::size_t i = 0; i < voxels.size(); ++i) {
    voxels[i] = static_cast<std::uint8_t>(i * 2654435761u >> 13);
  }

  const StackVoxels read = store_and_read(voxels, {33, 512, 1024}, 5);

  EXPECT_EQ(read.input_sha256, sha256(voxels.data(), voxels.size()));
  EXPECT_TRUE(std::ranges::equal(voxels, counts_of(read)));
}

TEST_F(ReadStack, integers_are_kept_in_16_bits) {
  const StackVoxels bytes = store_and_read<std::uint8_t>({0, 255}, {2, 1, 1}, 1);
  const StackVoxels words = store_and_read<std::uint16_t>({0, 65535}, {2, 1, 1}, 1);
  const StackVoxels signed_words = store_and_read<std::int16_t>({-1, 5}, {2, 1, 1}, 1);
  const StackVoxels floats = store_and_read<float>({0, 1}, {2, 1, 1}, 1);

  EXPECT_TRUE(std::holds_alternative<Volume<std::uint16_t>>(bytes.counts));
  EXPECT_TRUE(std::holds_alternative<Volume<std::uint16_t>>(words.counts));
  EXPECT_TRUE(std::holds_alternative<Volume<std::int16_t>>(signed_words.counts));
  EXPECT_TRUE(std::holds_alternative<Volume<float>>(floats.counts));
}

TEST_F(ReadStack, voxels_that_are_no_numbers_are_refused) {
  EXPECT_THAT(
      [&] {
        store_and_read<float>({1, std::nanf(""), INFINITY}, {3, 1, 1}, 0);
      },
      ThrowsMessage<DataError>(HasSubstr("holds 2 voxels that are NaN or infinite")));
}

TEST_F(ReadStack, file_that_changed_since_the_scan_is_refused) {
  const ManifestEntry entry = scan_one();

  store_and_read<std::uint8_t>({1, 2}, {1, 1, 2}, 0);

  EXPECT_THAT([&] { read_stack(entry); },
              ThrowsMessage<DataError>(HasSubstr("expected 3x5x7 of uint16 as in the manifest")));
}

TEST_F(ReadStack, damaged_chunk_is_refused_with_file_and_path) {
  const ManifestEntry entry = scan_one();
  edit_file(file_, [](hid_t file) {
    const H5Dataset dataset = open_dataset(file, example_dataset);
    const std::string garbage(40, 'x');
    const hsize_t offset[] = {0, 0, 0};
    H5Dwrite_chunk(dataset.get(), H5P_DEFAULT, 0, offset, garbage.size(), garbage.data());
  });

  EXPECT_THAT([&] { read_stack(entry); },
              ThrowsMessage<DataError>(testing::AllOf(HasSubstr(file_), HasSubstr(example_dataset),
                                                      HasSubstr("cannot read planes 0 to 2"))));
}

struct DescriptorTraits {
  using value_type = int;
  static value_type null() noexcept { return -1; }
  static void close(value_type descriptor) noexcept { ::close(descriptor); }
};

TEST_F(ReadStack, locked_file_names_the_way_out) {
  if (const char* locking = std::getenv("HDF5_USE_FILE_LOCKING");
      locking != nullptr && std::strcmp(locking, "TRUE") != 0) {
    GTEST_SKIP() << "HDF5_USE_FILE_LOCKING is set: HDF5 takes no locks";
  }
  const UniqueHandle<DescriptorTraits> other(::open(file_.c_str(), O_RDWR));
  ASSERT_EQ(::flock(other.get(), LOCK_EX | LOCK_NB), 0);

  const std::string problem = scan_one().problem;

  EXPECT_THAT(problem, HasSubstr("unable to lock file"));
  EXPECT_THAT(problem, HasSubstr("HDF5_USE_FILE_LOCKING=FALSE"));
}

}  // namespace
}  // namespace bramble
