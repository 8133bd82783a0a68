#include "io/atomic_file.hpp"

#include "kernels/core/error.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace bramble {
namespace {

std::ptrdiff_t num_files(const std::string& folder) {
  return std::distance(std::filesystem::directory_iterator(folder), {});
}

TEST(AtomicFile, makes_the_folder_and_leaves_only_the_file) {
  const TemporaryFolder folder;

  write_text_atomically(folder.file("a/b/text"), "hello");

  EXPECT_EQ(content_of(folder.file("a/b/text")), "hello");
  EXPECT_EQ(num_files(folder.file("a/b")), 1);
}

TEST(AtomicFile, replaces_the_old_file) {
  const TemporaryFolder folder;
  write_text_atomically(folder.file("text"), "a long old text");

  write_text_atomically(folder.file("text"), "new");

  EXPECT_EQ(content_of(folder.file("text")), "new");
}

TEST(AtomicFile, exception_keeps_the_old_file_and_removes_the_new_one) {
  const TemporaryFolder folder;
  write_text_atomically(folder.file("text"), "old");
  std::string temporary;

  const auto fail_half_way = [&](const std::string& path) {
    temporary = path;
    write_content(path, "half");
    throw std::runtime_error("stop");
  };

  EXPECT_THROW(write_atomically(folder.file("text"), fail_half_way), std::runtime_error);
  EXPECT_EQ(content_of(folder.file("text")), "old");
  EXPECT_FALSE(std::filesystem::exists(temporary));
  EXPECT_EQ(num_files(folder.path()), 1);
}

TEST(AtomicFile, temporary_file_lies_in_the_same_folder) {
  const TemporaryFolder folder;
  std::string temporary;

  write_atomically(folder.file("text"), [&](const std::string& path) {
    temporary = path;
    write_content(path, "x");
  });

  EXPECT_EQ(std::filesystem::path(temporary).parent_path().string(), folder.path());
  EXPECT_NE(temporary, folder.file("text"));
}

TEST(AtomicFile, folder_that_cannot_be_made_is_a_resource_error) {
  const TemporaryFolder folder;
  write_content(folder.file("file"), "");

  EXPECT_THROW(write_text_atomically(folder.file("file/text"), "x"), ResourceError);
}

TEST(AtomicFile, writer_that_writes_nothing_is_a_resource_error) {
  const TemporaryFolder folder;

  EXPECT_THROW(write_atomically(folder.file("text"), [](const std::string&) {}), ResourceError);
}

}  // namespace
}  // namespace bramble
