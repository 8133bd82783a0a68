#pragma once

#include "pipeline/evaluate/match_stack.hpp"

#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace bramble {

// Two consecutive sessions, by day, of one field of view.
struct SessionPair {
  const StackMatch* earlier;
  const StackMatch* later;
};

// By subject, then field, then day; unknown days last.
std::vector<SessionPair> session_pairs(const std::vector<StackMatch>& matches);

// What the run says of each of its spines in each session.
class SpineStates {
 public:
  explicit SpineStates(const std::vector<SpineRow>& rows);

  // not_assessable where the run has no row.
  SpineState state(const SpineRow& spine, const std::string& session_id) const;

 private:
  using Key = std::tuple<std::string, std::string, std::string, std::string>;
  std::map<Key, SpineState> states_;
};

}  // namespace bramble
