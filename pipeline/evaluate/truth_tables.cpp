#include "pipeline/evaluate/truth_tables.hpp"

#include "pipeline/evaluate/line_scores.hpp"
#include "pipeline/evaluate/match_stack.hpp"
#include "pipeline/study/build_tables.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace bramble {
namespace {

// Of a word that stands for none: thin.
SpineClass class_of(std::string_view name) {
  const auto found = std::find(spine_class_names.begin(), spine_class_names.end(), name);
  return found == spine_class_names.end()
             ? SpineClass::thin
             : static_cast<SpineClass>(found - spine_class_names.begin());
}

// One field of view, built session by session.
class TrueField {
 public:
  void add(const TruthStack& stack, TruthKind kind) {
    const int session = static_cast<int>(field_.sessions.size());
    field_.subject_id = stack.subject_id;
    field_.group = stack.group;
    field_.region = stack.region;
    field_.fov = stack.fov;
    FieldSession row;
    row.identity.group = stack.group;
    row.identity.session_id = stack.session_id;
    row.identity.day = stack.day;
    field_.sessions.push_back(row);
    for (const TruthDendrite& dendrite : stack.dendrites) {
      add_dendrite(dendrite, session, kind);
    }
    for (const TruthSpine& spine : stack.spines) {
      spines_[spine.spine_id][session] = &spine;
    }
  }

  FieldResult result() {
    for (const auto& [id, by_session] : spines_) {
      for (int session = 0; session < static_cast<int>(field_.sessions.size()); ++session) {
        add_spine(id, by_session, session);
      }
    }
    return std::move(field_);
  }

 private:
  using BySession = std::map<int, const TruthSpine*>;

  int number_of(const std::string& dendrite_id) {
    return numbers_.try_emplace(dendrite_id, static_cast<int>(numbers_.size())).first->second;
  }

  void add_dendrite(const TruthDendrite& dendrite, int session, TruthKind kind) {
    const double length_um = true_length_um(dendrite, kind);
    if (length_um > 0) {
      FieldDendrite row;
      row.dendrite_id = dendrite.dendrite_id;
      row.session = session;
      row.stack_dendrite = number_of(dendrite.dendrite_id);
      row.length_um = length_um;
      row.length_usable_um = length_um;
      field_.dendrites.push_back(row);
    }
  }

  void add_spine(const std::string& id, const BySession& by_session, int session) {
    const TruthSpine& any = *by_session.begin()->second;
    const auto here = by_session.find(session);
    FieldSpine row;
    row.dendrite_id = any.dendrite_id;
    row.spine_id = id;
    row.session = session;
    row.spine.dendrite = number_of(any.dendrite_id);
    if (here == by_session.end()) {
      row.state = SpineState::absent;
    } else {
      row.state = here->second->counts ? SpineState::present : SpineState::not_assessable;
      row.spine.spine_class = class_of(here->second->spine_class);
    }
    field_.spines.push_back(row);
  }

  FieldResult field_;
  std::map<std::string, int> numbers_;  // of the dendrites
  std::map<std::string, BySession> spines_;
};

}  // namespace

StudyTables truth_tables(const StudyTruth& truth, const StudyParameters& parameters) {
  std::map<std::pair<std::string, std::string>, TrueField> fields;
  for (const TruthStack& stack : truth.stacks) {
    fields[{stack.subject_id, stack.fov}].add(stack, truth.kind);
  }
  std::vector<FieldResult> results;
  for (auto& [place, field] : fields) {
    results.push_back(field.result());
  }
  return build_tables(std::move(results), parameters);
}

}  // namespace bramble
