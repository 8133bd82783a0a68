#include "pipeline/evaluate/link_score.hpp"

#include "pipeline/evaluate/share.hpp"

#include <cstddef>
#include <map>
#include <string>

namespace bramble {
namespace {

// The run's id of each true spine that was found.
std::map<std::string, std::string> ids_of_truth(const StackMatch& match) {
  std::map<std::string, std::string> ids;
  for (std::size_t i = 0; i < match.truth->spines.size(); ++i) {
    const int found = match.found_of_truth[i];
    if (found >= 0) {
      ids[match.truth->spines[i].spine_id] = match.found[static_cast<std::size_t>(found)]->spine_id;
    }
  }
  return ids;
}

void add_pair(LinkScore& score, const SessionPair& pair) {
  const std::map<std::string, std::string> earlier = ids_of_truth(*pair.earlier);
  const std::map<std::string, std::string> later = ids_of_truth(*pair.later);
  std::map<std::string, std::string> truth_of_id;
  for (const auto& [truth, id] : later) {
    truth_of_id[id] = truth;
  }
  for (const auto& [truth, id] : earlier) {
    const auto there = later.find(truth);
    if (there != later.end()) {
      ++score.n_pairs;
      ++(there->second == id ? score.n_same : score.n_switched);
    }
    const auto joined = truth_of_id.find(id);
    score.n_wrong += joined != truth_of_id.end() && joined->second != truth ? 1 : 0;
  }
}

}  // namespace

LinkScore link_score(const std::vector<SessionPair>& pairs) {
  LinkScore score;
  for (const SessionPair& pair : pairs) {
    add_pair(score, pair);
  }
  score.precision = share_of(score.n_same, score.n_same + score.n_wrong);
  score.recall = share_of(score.n_same, score.n_pairs);
  const int twice = 2 * score.n_same + score.n_wrong + score.n_switched;
  score.f1 = twice > 0 ? 2.0 * score.n_same / twice : not_available;
  return score;
}

}  // namespace bramble
