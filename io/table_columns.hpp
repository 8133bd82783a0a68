#pragma once

#include "pipeline/records/study_tables.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

// The columns of every table: one list drives the header, the cells, the dictionary and the report.
namespace bramble {

template <class Row>
struct Column {
  std::string name;
  std::string description;
  std::string unit;  // empty for texts, counts, ratios
  std::function<std::string(const Row&)> text;
};

// A cell of a table: six significant digits, n/a for NaN and for an empty text, never a tab or a
// line break.
std::string cell_text(double value);
std::string cell_text(int value);
std::string cell_text(std::string_view text);

std::vector<Column<SpineRow>> spine_columns();
std::vector<Column<DendriteRow>> dendrite_columns();
std::vector<Column<TransitionRow>> transition_columns();
std::vector<Column<AnimalRow>> animal_columns();
std::vector<Column<ContrastRow>> contrast_columns();
std::vector<Column<StackRow>> stack_columns();

}  // namespace bramble
