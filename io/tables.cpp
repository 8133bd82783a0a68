#include "io/tables.hpp"

#include "io/atomic_file.hpp"
#include "io/json_record.hpp"
#include "io/table_columns.hpp"
#include "io/wide_table.hpp"

namespace bramble {
namespace {

template <class Row>
std::string format_table(const std::vector<Column<Row>>& columns, const std::vector<Row>& rows) {
  std::string text;
  const auto append_line = [&](const auto& cell_of) {
    const char* separator = "";
    for (const Column<Row>& column : columns) {
      text += separator;
      text += cell_of(column);
      separator = "\t";
    }
    text += '\n';
  };
  append_line([](const Column<Row>& column) { return column.name; });
  for (const Row& row : rows) {
    append_line([&row](const Column<Row>& column) { return column.text(row); });
  }
  return text;
}

template <class Row>
std::string format_dictionary(const std::vector<Column<Row>>& columns) {
  Json dictionary = Json::object();
  for (const Column<Row>& column : columns) {
    dictionary[column.name]["Description"] = column.description;
    if (!column.unit.empty()) {
      dictionary[column.name]["Units"] = column.unit;
    }
  }
  constexpr int indent = 2;
  return dictionary.dump(indent) + "\n";
}

template <class Row>
void write_table(const std::string& stem, const std::vector<Column<Row>>& columns,
                 const std::vector<Row>& rows) {
  write_text_atomically(stem + ".tsv", format_table(columns, rows));
  write_text_atomically(stem + ".json", format_dictionary(columns));
}

}  // namespace

void write_tables(const std::string& folder, const StudyTables& tables) {
  write_table(folder + "/spines", spine_columns(), tables.spines);
  write_table(folder + "/dendrites", dendrite_columns(), tables.dendrites);
  write_table(folder + "/transitions", transition_columns(), tables.transitions);
  write_table(folder + "/animals", animal_columns(), tables.animals);
  write_table(folder + "/contrasts", contrast_columns(), tables.contrasts);
  write_table(folder + "/stacks", stack_columns(), tables.stacks);
  write_text_atomically(folder + "/wide/density_per_um.csv",
                        format_wide_table(tables.dendrites, &DendriteRow::density_per_um));
}

}  // namespace bramble
