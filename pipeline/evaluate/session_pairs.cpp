#include "pipeline/evaluate/session_pairs.hpp"

#include "pipeline/study/field_order.hpp"

#include <algorithm>
#include <cstddef>

namespace bramble {
namespace {

bool comes_before(const StackMatch* a, const StackMatch* b) {
  const TruthStack& left = *a->truth;
  const TruthStack& right = *b->truth;
  const auto field_of = [](const TruthStack& stack) {
    return std::tie(stack.subject_id, stack.fov);
  };
  if (field_of(left) != field_of(right)) {
    return field_of(left) < field_of(right);
  }
  if (day_before(left.day, right.day) || day_before(right.day, left.day)) {
    return day_before(left.day, right.day);
  }
  return left.session_id < right.session_id;
}

}  // namespace

std::vector<SessionPair> session_pairs(const std::vector<StackMatch>& matches) {
  std::vector<const StackMatch*> sorted;
  for (const StackMatch& match : matches) {
    sorted.push_back(&match);
  }
  std::sort(sorted.begin(), sorted.end(), comes_before);
  std::vector<SessionPair> pairs;
  for (std::size_t i = 0; i + 1 < sorted.size(); ++i) {
    const TruthStack& earlier = *sorted[i]->truth;
    const TruthStack& later = *sorted[i + 1]->truth;
    if (earlier.subject_id == later.subject_id && earlier.fov == later.fov) {
      pairs.push_back({sorted[i], sorted[i + 1]});
    }
  }
  return pairs;
}

SpineStates::SpineStates(const std::vector<SpineRow>& rows) {
  for (const SpineRow& row : rows) {
    states_[{row.subject_id, row.fov, row.spine_id, row.session_id}] = row.state;
  }
}

SpineState SpineStates::state(const SpineRow& spine, const std::string& session_id) const {
  const auto found = states_.find({spine.subject_id, spine.fov, spine.spine_id, session_id});
  return found == states_.end() ? SpineState::not_assessable : found->second;
}

}  // namespace bramble
