#include "io/delimited_table.hpp"

#include "kernels/core/error.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Throws;
using testing::ThrowsMessage;

DelimitedTable table_of(const std::string& content, const std::string& name = "t.csv") {
  const TemporaryFolder folder;
  write_content(folder.file(name), content);
  return DelimitedTable(folder.file(name));
}

TEST(DelimitedTable, cells_are_found_by_the_names_of_columns) {
  const DelimitedTable table = table_of("b,a\n1,x\n2.5,y\n");

  ASSERT_EQ(table.num_rows(), 2u);
  EXPECT_EQ(table.text(1, table.column("a")), "y");
  EXPECT_EQ(table.number(1, table.column("b")), 2.5);
  EXPECT_FALSE(table.find_column("c").has_value());
}

TEST(DelimitedTable, quoted_cell_may_hold_commas) {
  const DelimitedTable table = table_of("a,b,c\n\"x, y\",\"\",\\n\n");

  EXPECT_EQ(table.text(0, 0), "x, y");
  EXPECT_EQ(table.text(0, 1), "");
  EXPECT_EQ(table.text(0, 2), "\\n");
}

TEST(DelimitedTable, tab_separated_cells_keep_commas_quotes_and_empty_cells) {
  const DelimitedTable table = table_of("a\tb\tc\nx,\"y\"\t\t1\n\t2\t\n", "t.tsv");

  EXPECT_EQ(table.text(0, 0), "x,\"y\"");
  EXPECT_EQ(table.text(0, 1), "");
  EXPECT_EQ(table.text(0, 2), "1");
  EXPECT_EQ(table.text(1, 2), "");
}

TEST(DelimitedTable, windows_line_ends_byte_order_mark_and_empty_lines_are_passed_over) {
  const DelimitedTable table = table_of(
      "\xEF\xBB\xBF"
      "a,b\r\n\r\n1,2\r\n\n3,4");

  ASSERT_EQ(table.num_rows(), 2u);
  EXPECT_EQ(table.number(0, table.column("a")), 1);
  EXPECT_EQ(table.number(1, table.column("b")), 4);
}

TEST(DelimitedTable, missing_numbers_are_not_available) {
  const DelimitedTable table = table_of("a\nNA\nn/a\nnan\n-1e-3\n");

  EXPECT_TRUE(std::isnan(table.number(0, 0)));
  EXPECT_TRUE(std::isnan(table.number(1, 0)));
  EXPECT_TRUE(std::isnan(table.number(2, 0)));
  EXPECT_EQ(table.number(3, 0), -0.001);
  EXPECT_TRUE(std::isnan(table.number_if_any(0, "b")));
  EXPECT_EQ(table.text_if_any(0, "a"), "");
  EXPECT_EQ(table.text_if_any(0, "b"), "");
}

TEST(DelimitedTable, wrong_cell_is_refused_with_file_line_and_column) {
  const DelimitedTable table = table_of("a,b\n1,2\n\n1,2x\n,2\n");

  EXPECT_THAT(
      [&] { table.number(1, 1); },
      ThrowsMessage<DataError>(AllOf(HasSubstr("t.csv, line 4, column b"), HasSubstr("\"2x\""))));
  EXPECT_THAT([&] { table.known_number(2, 0); },
              ThrowsMessage<DataError>(HasSubstr("line 5, column a")));
  EXPECT_THAT([&] { table.flag(0, 1); }, ThrowsMessage<DataError>(HasSubstr("expected 0 or 1")));
}

TEST(DelimitedTable, unknown_column_is_refused_with_those_there_are) {
  const DelimitedTable table = table_of("a,b\n");

  EXPECT_THAT([&] { table.column("z_um"); },
              ThrowsMessage<DataError>(AllOf(HasSubstr("no column z_um"), HasSubstr("a, b"))));
}

TEST(DelimitedTable, torn_line_is_refused_with_its_number) {
  EXPECT_THAT([] { table_of("a,b\n1,2\n1\n"); },
              ThrowsMessage<DataError>(AllOf(HasSubstr("line 3"), HasSubstr("1 cells"))));
}

TEST(DelimitedTable, quote_in_a_quoted_cell_is_refused_not_lost) {
  EXPECT_THAT([] { table_of("a,b\n\"say \"\"x\"\"\",2\n"); },
              ThrowsMessage<DataError>(HasSubstr("line 2")));
}

TEST(DelimitedTable, no_file_empty_file_and_double_column_are_refused) {
  EXPECT_THAT([] { DelimitedTable("/nowhere/t.csv"); }, Throws<DataError>());
  EXPECT_THAT([] { table_of(""); }, Throws<DataError>());
  EXPECT_THAT([] { table_of("a,a\n1,2\n"); }, Throws<DataError>());
}

}  // namespace
}  // namespace bramble
