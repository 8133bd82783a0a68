#include "io/sha256.hpp"

#include "io/sha256_stream.hpp"
#include "kernels/core/error.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

// FIPS 180-2, appendix B.1.
constexpr char digest_of_abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Sha256, matches_the_published_digests) {
  EXPECT_EQ(sha256("abc"), digest_of_abc);
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha256, parts_give_the_digest_of_the_whole) {
  Sha256Stream stream;

  stream.add("a", 1);
  stream.add("", 0);
  stream.add("bc", 2);

  EXPECT_EQ(stream.finish(), digest_of_abc);
}

TEST(Sha256, file_has_the_digest_of_its_bytes) {
  const TemporaryFolder folder;
  const std::string content(3'000'000, 'x');
  write_content(folder.file("x"), content);

  EXPECT_EQ(sha256_of_file(folder.file("x")), sha256(content));
}

TEST(Sha256, missing_file_is_a_data_error) {
  const TemporaryFolder folder;

  EXPECT_THROW(sha256_of_file(folder.file("missing")), DataError);
}

}  // namespace
}  // namespace bramble
