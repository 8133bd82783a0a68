#include "pipeline/evaluate/evaluate_run.hpp"

#include "pipeline/evaluate/branch_points.hpp"
#include "pipeline/evaluate/compare_tables.hpp"
#include "pipeline/evaluate/detection_score.hpp"
#include "pipeline/evaluate/event_score.hpp"
#include "pipeline/evaluate/line_scores.hpp"
#include "pipeline/evaluate/link_score.hpp"
#include "pipeline/evaluate/recall_strata.hpp"
#include "pipeline/evaluate/share.hpp"
#include "pipeline/evaluate/spine_measures.hpp"
#include "pipeline/evaluate/truth_tables.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <set>
#include <string>

namespace bramble {
namespace {

bool is_of(const DendriteRow& row, const TruthStack& stack) {
  return row.subject_id == stack.subject_id && row.session_id == stack.session_id &&
         row.fov == stack.fov;
}

double per_100_um(int count, double length_um) {
  return length_um > 0 ? 100.0 * count / length_um : not_available;
}

StackScore stack_score(const StackMatch& match, const EvaluationInput& input) {
  const TruthStack& stack = *match.truth;
  StackScore score{.subject_id = stack.subject_id,
                   .group = stack.group,
                   .session_id = stack.session_id,
                   .fov = stack.fov,
                   .day = stack.day,
                   .detection = detection_score({match}, input.gates)};
  if (stack.dendrites.empty()) {
    return score;
  }
  score.true_length_um = true_length_um(stack, input.truth.kind);
  score.detection.false_alarms_per_100_um =
      per_100_um(score.detection.n_false_alarms, score.true_length_um);
  if (input.truth.kind == TruthKind::annotation) {
    return score;  // the run traces what nobody annotated, too
  }
  score.traced_length_um = 0;
  score.usable_length_um = 0;
  for (const DendriteRow& row : input.run.dendrites) {
    if (is_of(row, stack)) {
      score.traced_length_um += row.length_um;
      score.usable_length_um += row.length_usable_um;
    }
  }
  return score;
}

// Sums over the stacks that have a length.
LengthScore length_score(const std::vector<StackScore>& stacks) {
  double true_um = 0;
  double traced_um = 0;
  double usable_um = 0;
  for (const StackScore& stack : stacks) {
    true_um += std::isnan(stack.true_length_um) ? 0 : stack.true_length_um;
    traced_um += stack.traced_length_um;  // NaN stays
    usable_um += stack.usable_length_um;
  }
  if (!(true_um > 0)) {
    return {};
  }
  return {.true_um = true_um,
          .traced_um = traced_um,
          .usable_um = usable_um,
          .traced_error_frac = traced_um / true_um - 1,
          .usable_error_frac = usable_um / true_um - 1};
}

std::vector<DetectionScore> other_gates(const EvaluationInput& input) {
  std::vector<DetectionScore> scores;
  for (const double lateral_um : {0.4, 1.0}) {
    MatchGates gates = input.gates;
    gates.lateral_um = lateral_um;
    scores.push_back(detection_score(match_stacks(input.truth, input.run.spines, gates), gates));
  }
  return scores;
}

void score_classes(Evaluation& evaluation, const std::vector<StackMatch>& matches) {
  evaluation.classes = class_pairs(matches);
  int all = 0;
  int right = 0;
  int clear_cut = 0;
  int clear_cut_right = 0;
  for (const ClassPair& pair : evaluation.classes) {
    const bool same = pair.truth_class == pair.run_class;
    all += pair.n;
    right += same ? pair.n : 0;
    clear_cut += pair.n_clear_cut;
    clear_cut_right += same ? pair.n_clear_cut : 0;
  }
  evaluation.class_accuracy = share_of(right, all);
  evaluation.clear_cut_class_accuracy = share_of(clear_cut_right, clear_cut);
}

std::string kind_name(TruthKind kind) {
  constexpr std::array<const char*, 3> names{"phantom", "annotation", "positions"};
  return names.at(static_cast<std::size_t>(kind));
}

std::vector<PlantedDay> planted_days(const EvaluationInput& input) {
  std::set<double> days;
  for (const TruthStack& stack : input.truth.stacks) {
    if (!std::isnan(stack.day)) {
      days.insert(stack.day);
    }
  }
  std::vector<PlantedDay> rows;
  for (const double day : days) {
    if (input.planted) {
      rows.push_back({.day = day, .density_gain_frac = planted_gain(*input.planted, day)});
    }
  }
  return rows;
}

// Whether the truth follows spines over sessions, or has a new name for each.
bool follows_spines(const std::vector<SessionPair>& pairs) {
  for (const SessionPair& pair : pairs) {
    std::set<std::string> earlier;
    for (const TruthSpine& spine : pair.earlier->truth->spines) {
      earlier.insert(spine.spine_id);
    }
    for (const TruthSpine& spine : pair.later->truth->spines) {
      if (earlier.contains(spine.spine_id)) {
        return true;
      }
    }
  }
  return false;
}

std::vector<std::string> notes_on(const EvaluationInput& input) {
  std::vector<std::string> notes;
  std::set<std::string> analysed;
  for (const DendriteRow& row : input.run.dendrites) {
    analysed.insert(row.subject_id + "/" + row.session_id + "/" + row.fov);
  }
  for (const TruthStack& stack : input.truth.stacks) {
    const std::string place = stack.subject_id + "/" + stack.session_id + "/" + stack.fov;
    if (!analysed.contains(place)) {
      notes.push_back(place + ": the run holds no dendrite of it, so all its spines are misses");
    }
  }
  if (input.traces.empty()) {
    notes.push_back("centrelines are not scored: the run folder holds no stack results");
  }
  if (input.run.contrasts.empty()) {
    notes.push_back("no contrasts: the run was reduced without study.control_group");
  }
  return notes;
}

}  // namespace

EvaluatedRun evaluate_run(const EvaluationInput& input) {
  const std::vector<StackMatch> matches = match_stacks(input.truth, input.run.spines, input.gates);
  EvaluatedRun run;
  run.outcomes = spine_outcomes(matches);
  Evaluation& evaluation = run.evaluation;
  evaluation.kind = kind_name(input.truth.kind);
  evaluation.peak_photons = input.peak_photons;
  evaluation.notes = notes_on(input);
  for (const StackMatch& match : matches) {
    evaluation.stacks.push_back(stack_score(match, input));
  }
  evaluation.length = length_score(evaluation.stacks);
  evaluation.detection = detection_score(matches, input.gates);
  evaluation.detection.false_alarms_per_100_um =
      per_100_um(evaluation.detection.n_false_alarms, evaluation.length.true_um);
  evaluation.other_gates = other_gates(input);
  evaluation.recall_strata = recall_strata(matches, input.peak_photons);
  evaluation.localisation = localisation_score(matches);
  evaluation.centreline = centreline_score(input.truth, input.traces);
  evaluation.branch_points = branch_point_score(input.truth, input.traces);
  evaluation.head_diameter = head_size_scores(matches);
  evaluation.head_diameter_bias_frac = head_diameter_bias(matches);
  score_classes(evaluation, matches);
  const std::vector<SessionPair> pairs = session_pairs(matches);
  if (follows_spines(pairs)) {
    evaluation.links = link_score(pairs);
    evaluation.events = event_scores(pairs, SpineStates(input.run.spines));
  }
  evaluation.planted = planted_days(input);
  evaluation.segments = input.truth.kind == TruthKind::annotation ? segment_counts(matches)
                                                                  : std::vector<SegmentCount>();
  evaluation.segment_count_error_median = median_count_error(evaluation.segments);
  if (input.truth.kind == TruthKind::phantom) {
    const StudyTables exact = truth_tables(input.truth, input.study);
    evaluation.densities = compare_densities(exact, input.run);
    evaluation.rates = compare_rates(exact, input.run);
    evaluation.contrasts = compare_contrasts(exact, input.run, input.planted);
  }
  return run;
}

}  // namespace bramble
