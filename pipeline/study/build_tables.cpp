#include "pipeline/study/build_tables.hpp"

#include "pipeline/study/animals.hpp"
#include "pipeline/study/contrasts.hpp"
#include "pipeline/study/density.hpp"
#include "pipeline/study/field_order.hpp"
#include "pipeline/study/transitions.hpp"

#include <cstddef>
#include <iterator>
#include <utility>

namespace bramble {

namespace {

std::vector<SpineRow> spine_rows(const FieldResult& field) {
  std::vector<SpineRow> rows;
  for (const FieldSpine& spine : field.spines) {
    const StackIdentity& identity =
        field.sessions[static_cast<std::size_t>(spine.session)].identity;
    rows.push_back({.subject_id = field.subject_id,
                    .group = group_of(field, spine.session),
                    .session_id = identity.session_id,
                    .day = identity.day,
                    .region = field.region,
                    .fov = field.fov,
                    .dendrite_id = spine.dendrite_id,
                    .spine_id = spine.spine_id,
                    .state = spine.state,
                    .spine = spine.spine});
  }
  return rows;
}

template <class Row>
void append(std::vector<Row>& rows, std::vector<Row> more) {
  rows.insert(rows.end(), std::make_move_iterator(more.begin()),
              std::make_move_iterator(more.end()));
}

}  // namespace

StudyTables build_tables(std::vector<FieldResult> fields, const StudyParameters& parameters) {
  fields = in_study_order(std::move(fields));
  StudyTables tables;
  for (const FieldResult& field : fields) {
    append(tables.spines, spine_rows(field));
    append(tables.dendrites, dendrite_rows(field));
    append(tables.transitions, transition_rows(field));
  }
  const std::vector<AnimalSession> sessions =
      animal_sessions(fields, tables.dendrites, tables.transitions, parameters);
  for (const AnimalSession& session : sessions) {
    tables.animals.push_back(session.row);
  }
  tables.contrasts = contrast_rows(sessions, parameters);
  return tables;
}

}  // namespace bramble
