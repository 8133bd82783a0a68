#include "io/truth_stacks.hpp"

#include <utility>

namespace bramble {
namespace {

std::string with_prefix(const std::string& label, const std::string& prefix) {
  return label.empty() || label.starts_with(prefix) ? label : prefix + label;
}

std::string without_prefix(const std::string& label, const std::string& prefix) {
  return label.starts_with(prefix) ? label.substr(prefix.size()) : label;
}

}  // namespace

TruthStack& TruthStacks::stack_of(const DelimitedTable& table, std::size_t row) {
  const std::string subject = without_prefix(table.text_if_any(row, "subject"), "sub-");
  const std::string session = with_prefix(table.text_if_any(row, "session"), "ses-");
  const std::string fov = table.text_if_any(row, "fov");
  const auto [place, is_new] = stacks_.try_emplace({subject, session, fov});
  TruthStack& stack = place->second;
  if (is_new) {
    stack.subject_id = subject;
    stack.session_id = session;
    stack.fov = fov;
    stack.day = table.number_if_any(row, "day");
  }
  return stack;
}

StudyTruth TruthStacks::take(TruthKind kind) {
  StudyTruth truth{.kind = kind, .stacks = {}};
  for (auto& [place, stack] : stacks_) {
    truth.stacks.push_back(std::move(stack));
  }
  stacks_.clear();
  return truth;
}

Position read_position(const DelimitedTable& table, std::size_t row, const std::string& prefix) {
  return {table.known_number(row, table.column(prefix + "z_um")),
          table.known_number(row, table.column(prefix + "y_um")),
          table.known_number(row, table.column(prefix + "x_um"))};
}

}  // namespace bramble
