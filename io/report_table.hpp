#pragma once

#include "io/html.hpp"
#include "io/table_columns.hpp"

#include <string>
#include <vector>

namespace bramble {

// A cell of a table as it is read on a page: four significant digits of a number, else the text
// itself.
std::string short_cell(const std::string& cell);

// All columns of a table, explained by their descriptions.
template <class Row>
HtmlTable report_table(const std::vector<Column<Row>>& columns, const std::vector<Row>& rows) {
  HtmlTable table;
  for (const Column<Row>& column : columns) {
    table.header.push_back(column.name);
    table.hints.push_back(column.description);
  }
  for (const Row& row : rows) {
    std::vector<std::string>& cells = table.rows.emplace_back();
    for (const Column<Row>& column : columns) {
      cells.push_back(short_cell(column.text(row)));
    }
  }
  return table;
}

}  // namespace bramble
