#pragma once

#include "pipeline/records/field_result.hpp"

#include <string>
#include <utility>
#include <vector>

namespace bramble {

inline constexpr SpineState P = SpineState::present;
inline constexpr SpineState A = SpineState::absent;
inline constexpr SpineState N = SpineState::not_assessable;

// A field of view with sessions on the given days, called "ses-0", "ses-1", ... and no dendrites.
inline FieldResult make_field(const std::string& subject, const std::string& group,
                              const std::vector<double>& days) {
  FieldResult field;
  field.subject_id = subject;
  field.group = group;
  field.region = "Cg1";
  field.fov = "chunk-01";
  for (std::size_t i = 0; i < days.size(); ++i) {
    FieldSession session;
    session.identity.group = group;
    session.identity.session_id = "ses-" + std::to_string(i);
    session.identity.day = days[i];
    field.sessions.push_back(session);
  }
  return field;
}

struct Lengths {
  double traced_um = 10;
  double usable_um = 10;
};

// Adds a dendrite to all sessions, and its spines by their states in the sessions.
inline void add_dendrite(FieldResult& field, const std::string& id, int stack_dendrite,
                         Lengths lengths, const std::vector<std::vector<SpineState>>& spines) {
  for (std::size_t session = 0; session < field.sessions.size(); ++session) {
    FieldDendrite dendrite;
    dendrite.dendrite_id = id;
    dendrite.session = static_cast<int>(session);
    dendrite.stack_dendrite = stack_dendrite;
    dendrite.length_um = lengths.traced_um;
    dendrite.length_usable_um = lengths.usable_um;
    dendrite.diameter_um = 0.8f;
    field.dendrites.push_back(dendrite);
  }
  for (std::size_t spine = 0; spine < spines.size(); ++spine) {
    for (std::size_t session = 0; session < spines[spine].size(); ++session) {
      FieldSpine row;
      row.dendrite_id = id;
      row.spine_id = id + "s00" + std::to_string(spine);
      row.session = static_cast<int>(session);
      row.state = spines[spine][session];
      row.spine.dendrite = stack_dendrite;
      row.spine.path_um = 1;
      field.spines.push_back(row);
    }
  }
}

// Two dendrites in three sessions, small enough to count by hand.
inline FieldResult tiny_field(const std::string& subject = "m1",
                              const std::string& group = "saline") {
  FieldResult field = make_field(subject, group, {-1, 1, 3});
  add_dendrite(field, "d00", 0, {10, 8}, {{P, P, P}, {P, A, P}, {P, P, A}, {A, P, P}, {N, P, P}});
  add_dendrite(field, "d01", 1, {5, 5}, {{P, P, P}, {A, A, P}});
  return field;
}

}  // namespace bramble
