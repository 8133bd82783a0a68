#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace bramble {

// A table with named columns in a text file: comma-separated with cells quoted where they must be,
// or tab-separated without quotes. Rows and columns are counted from 0, lines in messages from 1.
class DelimitedTable {
 public:
  // By the name's end: .csv or .tsv. Throws DataError when the file cannot be read, has no header,
  // names a column twice, or a line has another number of cells than the header; the message names
  // file and line. Empty lines are passed over, a byte order mark and carriage returns too. Line
  // breaks inside quotes are not understood, nor is a quote inside a cell.
  explicit DelimitedTable(const std::string& path);

  const std::string& path() const noexcept { return path_; }
  std::size_t num_rows() const noexcept { return rows_.size(); }

  std::optional<std::size_t> find_column(const std::string& name) const;
  // Throws DataError with the file, the name and the columns there are.
  std::size_t column(const std::string& name) const;

  const std::string& text(std::size_t row, std::size_t column) const {
    return rows_[row].cells[column];
  }
  // NaN for an empty cell, n/a, NA and nan. Throws DataError naming file, line and column for what
  // is no number.
  double number(std::size_t row, std::size_t column) const;
  // The same, but NaN is an error too.
  double known_number(std::size_t row, std::size_t column) const;
  // A cell of 0 or 1.
  bool flag(std::size_t row, std::size_t column) const;

  // The same by name for a column that may be missing: then empty or NaN.
  std::string text_if_any(std::size_t row, const std::string& name) const;
  double number_if_any(std::size_t row, const std::string& name) const;

 private:
  struct Row {
    int line;
    std::vector<std::string> cells;
  };
  [[noreturn]] void reject(std::size_t row, std::size_t column, const char* expected) const;

  std::string path_;
  std::vector<std::string> header_;
  std::vector<Row> rows_;
};

}  // namespace bramble
