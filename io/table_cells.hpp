#pragma once

#include "io/enum_names.hpp"
#include "io/table_columns.hpp"

#include <string>
#include <utility>

namespace bramble {

inline std::string cell_text(SpineState state) { return std::string(name_of(state)); }

// The column of one member.
template <class Row, class Value>
Column<Row> column(std::string name, Value Row::*member, std::string unit,
                   std::string description) {
  return {std::move(name), std::move(description), std::move(unit),
          [member](const Row& row) { return cell_text(row.*member); }};
}

// What several tables say in the same words.
template <class Row>
Column<Row> subject_column() {
  return column("subject_id", &Row::subject_id, "", "Label of the animal, without sub-");
}
template <class Row>
Column<Row> group_column() {
  return column("group", &Row::group, "", "Treatment arm of the animal");
}
template <class Row>
Column<Row> session_column() {
  return column("session_id", &Row::session_id, "", "Label of the session, with ses-");
}
template <class Row>
Column<Row> day_column() {
  return column("day", &Row::day, "d", "Days from treatment, negative before it");
}
template <class Row>
Column<Row> region_column() {
  return column("region", &Row::region, "", "Brain region: the chunk's location");
}
template <class Row>
Column<Row> fov_column() {
  return column("fov", &Row::fov, "", "Field of view: the chunk's label");
}
template <class Row>
Column<Row> dendrite_column() {
  return column("dendrite_id", &Row::dendrite_id, "",
                "The dendrite, the same in all sessions of a field");
}
template <class Row>
Column<Row> flags_column() {
  return column("flags", &Row::flags, "", "What to know before using the row, comma-separated");
}

}  // namespace bramble
