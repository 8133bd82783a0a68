#include "pipeline/study/field_order.hpp"

#include "kernels/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <tuple>
#include <utility>

namespace bramble {

namespace {

bool session_before(const FieldSession& a, const FieldSession& b) {
  if (day_before(a.identity.day, b.identity.day) || day_before(b.identity.day, a.identity.day)) {
    return day_before(a.identity.day, b.identity.day);
  }
  return a.identity.session_id < b.identity.session_id;
}

void check_sessions(const FieldResult& field) {
  const int num_sessions = static_cast<int>(field.sessions.size());
  const auto known = [num_sessions](int session) { return session >= 0 && session < num_sessions; };
  const std::string place = "field " + field.subject_id + "/" + field.fov;
  for (const FieldDendrite& dendrite : field.dendrites) {
    require(known(dendrite.session),
            place + ": dendrite " + dendrite.dendrite_id + " is of session number " +
                std::to_string(dendrite.session) + ", which the field does not have");
  }
  for (const FieldSpine& spine : field.spines) {
    require(known(spine.session), place + ": spine " + spine.spine_id + " is of session number " +
                                      std::to_string(spine.session) +
                                      ", which the field does not have");
  }
  std::vector<std::string> ids;
  for (const FieldSession& session : field.sessions) {
    ids.push_back(session.identity.session_id);
  }
  std::sort(ids.begin(), ids.end());
  const auto twice = std::adjacent_find(ids.begin(), ids.end());
  require(twice == ids.end(),
          place + ": session " + (twice == ids.end() ? "" : *twice) + " is there twice");
}

void sort_sessions(FieldResult& field) {
  const std::size_t num_sessions = field.sessions.size();
  std::vector<int> order(num_sessions);
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&field](int a, int b) {
    return session_before(field.sessions[static_cast<std::size_t>(a)],
                          field.sessions[static_cast<std::size_t>(b)]);
  });
  std::vector<FieldSession> sorted;
  std::vector<int> new_index(num_sessions);
  for (const int old : order) {
    new_index[static_cast<std::size_t>(old)] = static_cast<int>(sorted.size());
    sorted.push_back(std::move(field.sessions[static_cast<std::size_t>(old)]));
  }
  field.sessions = std::move(sorted);
  for (FieldDendrite& dendrite : field.dendrites) {
    dendrite.session = new_index[static_cast<std::size_t>(dendrite.session)];
  }
  for (FieldSpine& spine : field.spines) {
    spine.session = new_index[static_cast<std::size_t>(spine.session)];
  }
  if (field.reference_session >= 0 && field.reference_session < static_cast<int>(num_sessions)) {
    field.reference_session = new_index[static_cast<std::size_t>(field.reference_session)];
  }
}

void sort_rows(FieldResult& field) {
  const auto dendrite_key = [](const FieldDendrite& d) {
    return std::tie(d.dendrite_id, d.session, d.stack_dendrite);
  };
  std::sort(field.dendrites.begin(), field.dendrites.end(),
            [&](const FieldDendrite& a, const FieldDendrite& b) {
              return dendrite_key(a) < dendrite_key(b);
            });
  const auto spine_key = [](const FieldSpine& s) { return std::tie(s.spine_id, s.session); };
  std::sort(field.spines.begin(), field.spines.end(),
            [&](const FieldSpine& a, const FieldSpine& b) { return spine_key(a) < spine_key(b); });
  const auto twice = std::adjacent_find(
      field.spines.begin(), field.spines.end(),
      [&](const FieldSpine& a, const FieldSpine& b) { return spine_key(a) == spine_key(b); });
  require(twice == field.spines.end(), "field " + field.subject_id + "/" + field.fov + ": spine " +
                                           (twice == field.spines.end() ? "" : twice->spine_id) +
                                           " has two rows in one session");
}

}  // namespace

bool day_before(double a, double b) noexcept {
  if (std::isnan(a) || std::isnan(b)) {
    return !std::isnan(a) && std::isnan(b);
  }
  return a < b;
}

const std::string& group_of(const FieldResult& field, int session) {
  const std::string& own = field.sessions[static_cast<std::size_t>(session)].identity.group;
  return own.empty() ? field.group : own;
}

std::vector<FieldResult> in_study_order(std::vector<FieldResult> fields) {
  for (FieldResult& field : fields) {
    check_sessions(field);
    sort_sessions(field);
    sort_rows(field);
  }
  const auto key = [](const FieldResult& f) { return std::tie(f.subject_id, f.region, f.fov); };
  std::sort(fields.begin(), fields.end(),
            [&](const FieldResult& a, const FieldResult& b) { return key(a) < key(b); });
  const auto twice = std::adjacent_find(
      fields.begin(), fields.end(),
      [&](const FieldResult& a, const FieldResult& b) { return key(a) == key(b); });
  require(twice == fields.end(),
          "field " + (twice == fields.end() ? "" : twice->subject_id + "/" + twice->fov) +
              " is there twice; give each field of view once");
  return fields;
}

}  // namespace bramble
