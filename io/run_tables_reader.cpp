#include "io/run_tables_reader.hpp"

#include "io/delimited_table.hpp"
#include "io/enum_names.hpp"
#include "kernels/core/error.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <vector>

namespace bramble {
namespace {

namespace fs = std::filesystem;

// One row of a table.
class Cells {
 public:
  Cells(const DelimitedTable& table, std::size_t row) : table_(table), row_(row) {}

  // Missing texts are empty.
  void get(const char* name, std::string& text) const {
    table_.column(name);
    text = table_.text_if_any(row_, name);
  }
  void get(const char* name, double& value) const {
    value = table_.number(row_, table_.column(name));
  }
  void get(const char* name, float& value) const {
    value = static_cast<float>(table_.number(row_, table_.column(name)));
  }
  void get(const char* name, int& value) const {
    value = static_cast<int>(table_.known_number(row_, table_.column(name)));
  }
  void get_position(const std::string& prefix, Position& position) const {
    position = {table_.known_number(row_, table_.column(prefix + "z_um")),
                table_.known_number(row_, table_.column(prefix + "y_um")),
                table_.known_number(row_, table_.column(prefix + "x_um"))};
  }
  template <class Enum>
  Enum get_enum(const char* name) const {
    const std::string& text = table_.text(row_, table_.column(name));
    try {
      return value_of<Enum>(text);
    } catch (const DataError& problem) {
      throw DataError(
          fmt::format("{}, row {}, column {}: {}", table_.path(), row_ + 1, name, problem.what()));
    }
  }

 private:
  const DelimitedTable& table_;
  std::size_t row_;
};

SpineRow read_spine(const Cells& cells) {
  SpineRow row;
  cells.get("subject_id", row.subject_id);
  cells.get("group", row.group);
  cells.get("session_id", row.session_id);
  cells.get("day", row.day);
  cells.get("region", row.region);
  cells.get("fov", row.fov);
  cells.get("dendrite_id", row.dendrite_id);
  cells.get("spine_id", row.spine_id);
  cells.get_position("", row.spine.head);
  row.state = cells.get_enum<SpineState>("state");
  if (row.state == SpineState::present) {
    cells.get("length_um", row.spine.length_um);
    cells.get("head_diameter_um", row.spine.head_diameter_um);
    row.spine.spine_class = cells.get_enum<SpineClass>("spine_class");
  }
  return row;
}

DendriteRow read_dendrite(const Cells& cells) {
  DendriteRow row;
  cells.get("subject_id", row.subject_id);
  cells.get("group", row.group);
  cells.get("session_id", row.session_id);
  cells.get("day", row.day);
  cells.get("region", row.region);
  cells.get("fov", row.fov);
  cells.get("dendrite_id", row.dendrite_id);
  cells.get("length_um", row.length_um);
  cells.get("length_usable_um", row.length_usable_um);
  cells.get("n_spines", row.n_spines);
  cells.get("density_per_um", row.density_per_um);
  return row;
}

TransitionRow read_transition(const Cells& cells) {
  TransitionRow row;
  cells.get("subject_id", row.subject_id);
  cells.get("group", row.group);
  cells.get("region", row.region);
  cells.get("fov", row.fov);
  cells.get("dendrite_id", row.dendrite_id);
  cells.get("session_from", row.session_from);
  cells.get("session_to", row.session_to);
  cells.get("day_from", row.day_from);
  cells.get("day_to", row.day_to);
  cells.get("n_from", row.n_from);
  cells.get("n_to", row.n_to);
  cells.get("n_stable", row.n_stable);
  cells.get("n_gained", row.n_gained);
  cells.get("n_lost", row.n_lost);
  cells.get("n_not_assessable", row.n_not_assessable);
  cells.get("formation_frac_corrected", row.formation_frac_corrected);
  cells.get("elimination_frac_corrected", row.elimination_frac_corrected);
  return row;
}

AnimalRow read_animal(const Cells& cells) {
  AnimalRow row;
  cells.get("subject_id", row.subject_id);
  cells.get("group", row.group);
  cells.get("region", row.region);
  cells.get("session_id", row.session_id);
  cells.get("day", row.day);
  cells.get("length_um", row.length_um);
  cells.get("n_spines", row.n_spines);
  cells.get("density_per_um", row.density_per_um);
  return row;
}

ContrastRow read_contrast(const Cells& cells) {
  ContrastRow row;
  cells.get("region", row.region);
  cells.get("session_id", row.session_id);
  cells.get("day", row.day);
  cells.get("measure", row.measure);
  cells.get("group", row.group);
  cells.get("control", row.control);
  cells.get("estimate", row.estimate);
  cells.get("se", row.se);
  cells.get("ci_low", row.ci_low);
  cells.get("ci_high", row.ci_high);
  return row;
}

template <class Row>
std::vector<Row> read_rows(const fs::path& path, Row (*read_row)(const Cells&)) {
  if (!fs::exists(path)) {
    return {};
  }
  const DelimitedTable table(path);
  std::vector<Row> rows;
  for (std::size_t i = 0; i < table.num_rows(); ++i) {
    rows.push_back(read_row(Cells(table, i)));
  }
  return rows;
}

}  // namespace

StudyTables read_run_tables(const std::string& run_folder) {
  const fs::path tables = fs::path(run_folder) / "tables";
  if (!fs::exists(tables / "spines.tsv")) {
    throw InvalidArgument((tables / "spines.tsv").string() +
                          ": not there; name the folder given to bramble run --out, and let that "
                          "run (or bramble reduce) finish first");
  }
  StudyTables rows;
  rows.spines = read_rows(tables / "spines.tsv", read_spine);
  rows.dendrites = read_rows(tables / "dendrites.tsv", read_dendrite);
  rows.transitions = read_rows(tables / "transitions.tsv", read_transition);
  rows.animals = read_rows(tables / "animals.tsv", read_animal);
  rows.contrasts = read_rows(tables / "contrasts.tsv", read_contrast);
  return rows;
}

}  // namespace bramble
