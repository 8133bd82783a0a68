#include "pipeline/evaluate/resolve_places.hpp"

#include "kernels/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <tuple>

namespace bramble {
namespace {

auto place_of(const TruthStack& stack) {
  return std::tie(stack.subject_id, stack.session_id, stack.fov);
}

// True where the row may be of the stack: what the stack says is what the row says.
bool may_be_of(const DendriteRow& row, const TruthStack& stack) {
  return (stack.subject_id.empty() || stack.subject_id == row.subject_id) &&
         (stack.session_id.empty() || stack.session_id == row.session_id) &&
         (stack.fov.empty() || stack.fov == row.fov);
}

std::string joined(const std::set<std::string>& texts) {
  std::string line;
  for (const std::string& text : texts) {
    line += (line.empty() ? "" : ", ") + text;
  }
  return line;
}

void fill_in(std::string& text, const std::set<std::string>& choices, const std::string& what) {
  if (!text.empty()) {
    return;
  }
  if (choices.size() != 1) {
    throw InvalidArgument(
        "the truth names no " + what + " and the run has " +
        (choices.empty() ? std::string("none that fits") : "several (" + joined(choices) + ")") +
        "; give the truth a column with it");
  }
  text = *choices.begin();
}

void resolve(TruthStack& stack, const std::vector<DendriteRow>& rows) {
  std::set<std::string> subjects;
  std::set<std::string> sessions;
  std::set<std::string> fields;
  for (const DendriteRow& row : rows) {
    if (may_be_of(row, stack)) {
      subjects.insert(row.subject_id);
      sessions.insert(row.session_id);
      fields.insert(row.fov);
    }
  }
  fill_in(stack.subject_id, subjects, "subject");
  fill_in(stack.session_id, sessions, "session");
  fill_in(stack.fov, fields, "field of view (fov)");
  for (const DendriteRow& row : rows) {
    if (row.subject_id == stack.subject_id && row.fov == stack.fov) {
      stack.group = stack.group.empty() ? row.group : stack.group;
      stack.region = stack.region.empty() ? row.region : stack.region;
      if (row.session_id == stack.session_id && std::isnan(stack.day)) {
        stack.day = row.day;
      }
    }
  }
}

}  // namespace

void resolve_places(StudyTruth& truth, const StudyTables& run) {
  for (TruthStack& stack : truth.stacks) {
    resolve(stack, run.dendrites);
  }
  std::sort(truth.stacks.begin(), truth.stacks.end(),
            [](const TruthStack& a, const TruthStack& b) { return place_of(a) < place_of(b); });
  for (std::size_t i = 0; i + 1 < truth.stacks.size(); ++i) {
    const TruthStack& stack = truth.stacks[i];
    require(place_of(stack) != place_of(truth.stacks[i + 1]),
            "subject " + stack.subject_id + ", " + stack.session_id + ", " + stack.fov +
                " is there twice in the truth; give one truth per stack");
  }
}

}  // namespace bramble
