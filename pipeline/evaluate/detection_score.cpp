#include "pipeline/evaluate/detection_score.hpp"

#include "pipeline/evaluate/share.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string>

namespace bramble {
namespace {

Share share_or_zero(int part, int whole) {
  Share share = share_of(part, whole);
  share.frac = whole == 0 ? 0 : share.frac;
  return share;
}

void add_stack(DetectionScore& score, const StackMatch& match) {
  for (const Outcome outcome : match.outcome_of_found) {
    score.n_hits += outcome == Outcome::hit ? 1 : 0;
    score.n_false_alarms += outcome == Outcome::false_alarm ? 1 : 0;
    score.n_ignored += outcome == Outcome::ignored ? 1 : 0;
  }
  for (std::size_t i = 0; i < match.truth->spines.size(); ++i) {
    score.n_truth += match.truth->spines[i].counts ? 1 : 0;
    score.n_merged += match.merged[i] ? 1 : 0;
  }
}

StackOutcomes outcomes_of(const StackMatch& match) {
  const TruthStack& truth = *match.truth;
  StackOutcomes outcomes{truth.subject_id, truth.session_id, truth.fov, {}};
  for (std::size_t i = 0; i < match.found.size(); ++i) {
    const int true_spine = match.truth_of_found[i];
    outcomes.spines.push_back(
        {.outcome = match.outcome_of_found[i],
         .head = match.found[i]->spine.head,
         .truth_id = true_spine < 0 ? std::string()
                                    : truth.spines[static_cast<std::size_t>(true_spine)].spine_id,
         .run_id = match.found[i]->spine_id});
  }
  for (std::size_t i = 0; i < truth.spines.size(); ++i) {
    if (truth.spines[i].counts && match.found_of_truth[i] < 0) {
      outcomes.spines.push_back({.outcome = match.merged[i] ? Outcome::merged : Outcome::missed,
                                 .head = truth.spines[i].head,
                                 .truth_id = truth.spines[i].spine_id,
                                 .run_id = {}});
    }
  }
  return outcomes;
}

}  // namespace

DetectionScore detection_score(const std::vector<StackMatch>& matches, const MatchGates& gates) {
  DetectionScore score{.gates = gates};
  for (const StackMatch& match : matches) {
    add_stack(score, match);
  }
  score.n_missed = score.n_truth - score.n_hits;
  const int num_found = score.n_hits + score.n_false_alarms;
  score.precision = share_or_zero(score.n_hits, num_found);
  score.recall = share_or_zero(score.n_hits, score.n_truth);
  score.f1 = f1_of(score.precision.frac, score.recall.frac);
  score.density_bias =
      static_cast<double>(num_found) / static_cast<double>(std::max(1, score.n_truth)) - 1;
  return score;
}

std::vector<StackOutcomes> spine_outcomes(const std::vector<StackMatch>& matches) {
  std::vector<StackOutcomes> outcomes;
  for (const StackMatch& match : matches) {
    outcomes.push_back(outcomes_of(match));
  }
  return outcomes;
}

std::vector<SegmentCount> segment_counts(const std::vector<StackMatch>& matches) {
  std::vector<SegmentCount> all;
  for (const StackMatch& match : matches) {
    const TruthStack& truth = *match.truth;
    std::map<std::string, SegmentCount> segments;
    for (const TruthSpine& spine : truth.spines) {
      if (spine.counts) {
        SegmentCount& segment = segments[spine.dendrite_id];
        segment.subject_id = truth.subject_id;
        segment.session_id = truth.session_id;
        segment.dendrite_id = spine.dendrite_id;
        ++segment.n_truth;
      }
    }
    for (std::size_t i = 0; i < match.found.size(); ++i) {
      const int dendrite = match.dendrite_of_found[i];
      if (dendrite < 0 || match.outcome_of_found[i] == Outcome::ignored) {
        continue;
      }
      const auto segment =
          segments.find(truth.dendrites[static_cast<std::size_t>(dendrite)].dendrite_id);
      if (segment != segments.end()) {
        ++segment->second.n_found;
      }
    }
    for (const auto& [id, segment] : segments) {
      all.push_back(segment);
    }
  }
  return all;
}

double median_count_error(const std::vector<SegmentCount>& segments) {
  constexpr int enough_spines = 10;
  std::vector<double> errors;
  for (const SegmentCount& segment : segments) {
    if (segment.n_truth >= enough_spines) {
      errors.push_back(std::abs(static_cast<double>(segment.n_found) / segment.n_truth - 1));
    }
  }
  return quantile(std::move(errors), 0.5);
}

}  // namespace bramble
