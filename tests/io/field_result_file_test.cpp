#include "io/field_result_file.hpp"

#include "io/stack_result_file.hpp"
#include "kernels/core/error.hpp"
#include "tests/io/example_records.hpp"
#include "tests/io/same_record.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bramble {
namespace {

TEST(FieldResultFile, every_member_survives) {
  const TemporaryFolder folder;
  const FieldResult written = example_field_result();

  write_field_result(folder.file("a.h5"), written);
  const FieldResult read = read_field_result(folder.file("a.h5"));

  EXPECT_TRUE(SameRecord::check(written, read));
  EXPECT_EQ(read.spines[1].state, SpineState::not_assessable);
  EXPECT_EQ(read.sessions[0].shift, (Position{0.5, -1.5, 2}));
  EXPECT_EQ(read.sessions[1].identity.session_id, "ses-d01");
}

TEST(FieldResultFile, field_without_anything_survives) {
  const TemporaryFolder folder;

  write_field_result(folder.file("a.h5"), FieldResult{});

  EXPECT_TRUE(SameRecord::check(FieldResult{}, read_field_result(folder.file("a.h5"))));
}

TEST(FieldResultFile, equal_records_are_equal_bytes) {
  const TemporaryFolder folder;

  write_field_result(folder.file("a.h5"), example_field_result());
  write_field_result(folder.file("b.h5"), example_field_result());

  EXPECT_EQ(content_of(folder.file("a.h5")), content_of(folder.file("b.h5")));
}

TEST(FieldResultFile, stack_result_is_no_field_result) {
  const TemporaryFolder folder;
  write_stack_result(folder.file("a.h5"), example_stack_result());

  EXPECT_THAT([&] { read_field_result(folder.file("a.h5")); },
              testing::ThrowsMessage<DataError>(testing::HasSubstr("bramble-stack-result")));
}

}  // namespace
}  // namespace bramble
