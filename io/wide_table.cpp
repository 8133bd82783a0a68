#include "io/wide_table.hpp"

#include "io/csv.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace bramble {
namespace {

using DendriteKey = std::array<std::string, 5>;

// The day, how many of the dendrite's sessions on that day came before, and the label where there
// is no day.
struct DayColumn {
  bool no_day;
  double day;
  int repeat;
  std::string session_id;

  friend auto operator<=>(const DayColumn& a, const DayColumn& b) {
    return std::tie(a.no_day, a.day, a.repeat, a.session_id) <=>
           std::tie(b.no_day, b.day, b.repeat, b.session_id);
  }
};

std::string name_of_column(const DayColumn& column) {
  if (column.no_day) {
    return column.session_id;
  }
  const std::string name = fmt::format("day_{:.6g}", column.day);
  return column.repeat == 0 ? name : fmt::format("{}.{}", name, column.repeat + 1);
}

using WideRow = std::map<DayColumn, double>;

void insert(WideRow& row, const DendriteRow& dendrite, double value) {
  const bool no_day = std::isnan(dendrite.day);
  DayColumn column{no_day, no_day ? 0 : dendrite.day, 0, no_day ? dendrite.session_id : ""};
  while (row.contains(column)) {
    ++column.repeat;
  }
  row[column] = value;
}

}  // namespace

std::string format_wide_table(const std::vector<DendriteRow>& rows, double DendriteRow::*measure) {
  std::map<DendriteKey, WideRow> dendrites;
  std::set<DayColumn> columns;
  for (const DendriteRow& row : rows) {
    const DendriteKey key{row.subject_id, row.group, row.region, row.fov, row.dendrite_id};
    insert(dendrites[key], row, row.*measure);
  }
  for (const auto& [key, row] : dendrites) {
    for (const auto& [column, value] : row) {
      columns.insert(column);
    }
  }

  std::string text = "subject_id,group,region,fov,dendrite_id";
  for (const DayColumn& column : columns) {
    text += ',';
    text += csv_cell(name_of_column(column));
  }
  text += '\n';
  for (const auto& [key, row] : dendrites) {
    const char* separator = "";
    for (const std::string& label : key) {
      text += separator;
      text += csv_cell(label);
      separator = ",";
    }
    for (const DayColumn& column : columns) {
      const auto found = row.find(column);
      text += ',';
      text += csv_cell(found == row.end() ? not_available : found->second);
    }
    text += '\n';
  }
  return text;
}

}  // namespace bramble
