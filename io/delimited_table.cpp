#include "io/delimited_table.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/records/identity.hpp"

#include <boost/tokenizer.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <cmath>
#include <fstream>
#include <set>

namespace bramble {
namespace {

template <class Separator>
std::vector<std::string> split_by(const std::string& line, const Separator& separator) {
  const boost::tokenizer<Separator> cells(line, separator);
  return {cells.begin(), cells.end()};
}

std::vector<std::string> split(const std::string& line, bool is_tab_separated) {
  if (is_tab_separated) {
    return split_by(line, boost::char_separator<char>("\t", "", boost::keep_empty_tokens));
  }
  // No escape character: a backslash stands for itself, as in the tables of R and Excel.
  return split_by(line, boost::escaped_list_separator<char>('\0', ',', '"'));
}

// Boost's separator would drop the quotes of a quoted cell that holds quotes.
bool holds_quoted_quote(const std::string& line) {
  for (std::size_t at = line.find("\"\""); at != std::string::npos;
       at = line.find("\"\"", at + 1)) {
    const bool opens = at == 0 || line[at - 1] == ',';
    const bool closes = at + 2 == line.size() || line[at + 2] == ',';
    if (!opens || !closes) {
      return true;
    }
  }
  return false;
}

bool is_missing(const std::string& cell) {
  return cell.empty() || cell == "n/a" || cell == "NA" || cell == "nan" || cell == "NaN";
}

// False when the text is no number as a whole.
bool parse(const std::string& text, double& value) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  return problem == std::errc() && end == text.data() + text.size();
}

}  // namespace

DelimitedTable::DelimitedTable(const std::string& path) : path_(path) {
  std::ifstream file(path);
  const bool is_tab_separated = path.ends_with(".tsv");
  int line_number = 0;
  for (std::string line; std::getline(file, line);) {
    ++line_number;
    if (line_number == 1 && line.starts_with("\xEF\xBB\xBF")) {
      line.erase(0, 3);
    }
    if (line.ends_with('\r')) {
      line.pop_back();
    }
    if (line.empty()) {
      continue;
    }
    if (!is_tab_separated && holds_quoted_quote(line)) {
      throw DataError(
          fmt::format("{}, line {}: a cell holds a quote, which is not understood; take it out",
                      path, line_number));
    }
    std::vector<std::string> cells = split(line, is_tab_separated);
    if (header_.empty()) {
      header_ = std::move(cells);
      continue;
    }
    if (cells.size() != header_.size()) {
      throw DataError(fmt::format("{}, line {}: {} cells where the header has {}; mend the line",
                                  path, line_number, cells.size(), header_.size()));
    }
    rows_.push_back({line_number, std::move(cells)});
  }
  if (header_.empty()) {
    throw DataError(path + ": cannot be read or is empty; expected a table with a header line");
  }
  const std::set<std::string> names(header_.begin(), header_.end());
  if (names.size() != header_.size()) {
    throw DataError(
        fmt::format("{}: a column is named twice among {}", path, fmt::join(header_, ", ")));
  }
}

std::optional<std::size_t> DelimitedTable::find_column(const std::string& name) const {
  for (std::size_t i = 0; i < header_.size(); ++i) {
    if (header_[i] == name) {
      return i;
    }
  }
  return std::nullopt;
}

std::size_t DelimitedTable::column(const std::string& name) const {
  const std::optional<std::size_t> found = find_column(name);
  if (!found) {
    throw DataError(
        fmt::format("{}: no column {}; the header has {}", path_, name, fmt::join(header_, ", ")));
  }
  return *found;
}

void DelimitedTable::reject(std::size_t row, std::size_t column, const char* expected) const {
  throw DataError(fmt::format("{}, line {}, column {}: \"{}\", expected {}", path_, rows_[row].line,
                              header_[column], rows_[row].cells[column], expected));
}

double DelimitedTable::number(std::size_t row, std::size_t column) const {
  const std::string& cell = text(row, column);
  double value = not_available;
  if (!is_missing(cell) && !parse(cell, value)) {
    reject(row, column, "a number");
  }
  return value;
}

double DelimitedTable::known_number(std::size_t row, std::size_t column) const {
  const double value = number(row, column);
  if (std::isnan(value)) {
    reject(row, column, "a number");
  }
  return value;
}

bool DelimitedTable::flag(std::size_t row, std::size_t column) const {
  const std::string& cell = text(row, column);
  if (cell != "0" && cell != "1") {
    reject(row, column, "0 or 1");
  }
  return cell == "1";
}

std::string DelimitedTable::text_if_any(std::size_t row, const std::string& name) const {
  const std::optional<std::size_t> found = find_column(name);
  return !found || is_missing(text(row, *found)) ? std::string() : text(row, *found);
}

double DelimitedTable::number_if_any(std::size_t row, const std::string& name) const {
  const std::optional<std::size_t> found = find_column(name);
  return found ? number(row, *found) : not_available;
}

}  // namespace bramble
