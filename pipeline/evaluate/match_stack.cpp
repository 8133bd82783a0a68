#include "pipeline/evaluate/match_stack.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/evaluate/evaluation_input.hpp"
#include "pipeline/field/assignment.hpp"

#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <tuple>

namespace bramble {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// Far more than any number of pairs inside the gates can cost: one more pair is always worth it.
constexpr double cost_of_no_pair = 1e6;

// Two heads closer than this in plane are one spot in the image, whatever their depths.
constexpr double merged_distance_um = 0.45;

double match_cost(Position found, Position truth, const MatchGates& gates) {
  const double y_um = std::abs(found.y_um - truth.y_um);
  const double x_um = std::abs(found.x_um - truth.x_um);
  if (y_um > gates.lateral_um || x_um > gates.lateral_um) {
    return infinity;  // most pairs of a stack, before anything costly
  }
  const double lateral_um = std::hypot(y_um, x_um);
  const double axial_um = std::abs(found.z_um - truth.z_um);
  if (lateral_um > gates.lateral_um || axial_um > gates.axial_um) {
    return infinity;
  }
  const double lateral = lateral_um / gates.lateral_um;
  const double axial = axial_um / gates.axial_um;
  return std::sqrt(lateral * lateral + axial * axial);
}

// Index of the dendrite whose node is nearest, -1 when none is within reach.
int nearest_dendrite(Position head, const std::vector<TruthDendrite>& dendrites) {
  int nearest = -1;
  double nearest_um = infinity;
  for (std::size_t i = 0; i < dendrites.size(); ++i) {
    for (const Position& node : dendrites[i].nodes) {
      const double um = distance_um(head, node);
      if (um < nearest_um) {
        nearest_um = um;
        nearest = static_cast<int>(i);
      }
    }
  }
  return nearest_um <= annotated_reach_um ? nearest : -1;
}

// Positions and original indices of some of the spines.
struct Heads {
  std::vector<Position> positions;
  std::vector<int> indices;

  void add(Position position, std::size_t index) {
    positions.push_back(position);
    indices.push_back(static_cast<int>(index));
  }
};

void pair_up(StackMatch& match, const Heads& found, const Heads& truth, Outcome outcome,
             const MatchGates& gates) {
  const std::vector<int> pairs = match_heads(found.positions, truth.positions, gates);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (pairs[i] < 0) {
      continue;
    }
    const int found_index = found.indices[i];
    const int truth_index = truth.indices[static_cast<std::size_t>(pairs[i])];
    match.outcome_of_found[static_cast<std::size_t>(found_index)] = outcome;
    match.truth_of_found[static_cast<std::size_t>(found_index)] = truth_index;
    if (outcome == Outcome::hit) {
      match.found_of_truth[static_cast<std::size_t>(truth_index)] = found_index;
    }
  }
}

void mark_merged(StackMatch& match, const MatchGates& gates) {
  const std::vector<TruthSpine>& spines = match.truth->spines;
  for (std::size_t missed = 0; missed < spines.size(); ++missed) {
    if (!spines[missed].counts || match.found_of_truth[missed] >= 0) {
      continue;
    }
    for (std::size_t hit = 0; hit < spines.size(); ++hit) {
      const int found = match.found_of_truth[hit];
      if (found >= 0 &&
          distance_in_plane_um(spines[missed].head, spines[hit].head) <= merged_distance_um &&
          match_cost(match.found[static_cast<std::size_t>(found)]->spine.head, spines[missed].head,
                     gates) < infinity) {
        match.merged[missed] = true;
      }
    }
  }
}

using Place = std::tuple<std::string, std::string, std::string>;

}  // namespace

MatchGates usual_gates(TruthKind kind) {
  return kind == TruthKind::annotation ? MatchGates{.lateral_um = 1.0, .axial_um = 3.0}
                                       : MatchGates{};
}

std::vector<int> match_heads(const std::vector<Position>& found, const std::vector<Position>& truth,
                             const MatchGates& gates) {
  require(gates.lateral_um > 0 && gates.axial_um > 0,
          "a gate of 0 or less matches nothing; give both gates in um");
  CostTable costs(static_cast<int>(found.size()), static_cast<int>(truth.size()));
  for (int i = 0; i < costs.num_rows; ++i) {
    for (int j = 0; j < costs.num_columns; ++j) {
      costs.at(i, j) =
          match_cost(found[static_cast<std::size_t>(i)], truth[static_cast<std::size_t>(j)], gates);
    }
  }
  return assign_pairs(costs, cost_of_no_pair);
}

StackMatch match_stack(const TruthStack& truth, const std::vector<const SpineRow*>& present,
                       const MatchGates& gates, bool only_near_lines) {
  StackMatch match;
  match.truth = &truth;
  for (const SpineRow* row : present) {
    const int dendrite = only_near_lines ? nearest_dendrite(row->spine.head, truth.dendrites) : -1;
    if (!only_near_lines || dendrite >= 0) {
      match.found.push_back(row);
      match.dendrite_of_found.push_back(dendrite);
    }
  }
  match.outcome_of_found.assign(match.found.size(), Outcome::false_alarm);
  match.truth_of_found.assign(match.found.size(), -1);
  match.found_of_truth.assign(truth.spines.size(), -1);
  match.merged.assign(truth.spines.size(), false);

  Heads counting;
  Heads others;
  for (std::size_t i = 0; i < truth.spines.size(); ++i) {
    (truth.spines[i].counts ? counting : others).add(truth.spines[i].head, i);
  }
  Heads found;
  for (std::size_t i = 0; i < match.found.size(); ++i) {
    found.add(match.found[i]->spine.head, i);
  }
  pair_up(match, found, counting, Outcome::hit, gates);
  Heads left;
  for (std::size_t i = 0; i < match.found.size(); ++i) {
    if (match.truth_of_found[i] < 0) {
      left.add(match.found[i]->spine.head, i);
    }
  }
  pair_up(match, left, others, Outcome::ignored, gates);
  mark_merged(match, gates);
  return match;
}

std::vector<StackMatch> match_stacks(const StudyTruth& truth, const std::vector<SpineRow>& rows,
                                     const MatchGates& gates) {
  std::map<Place, std::vector<const SpineRow*>> present;
  for (const SpineRow& row : rows) {
    if (row.state == SpineState::present) {
      present[{row.subject_id, row.session_id, row.fov}].push_back(&row);
    }
  }
  std::vector<StackMatch> matches;
  for (const TruthStack& stack : truth.stacks) {
    matches.push_back(match_stack(stack, present[{stack.subject_id, stack.session_id, stack.fov}],
                                  gates, truth.kind == TruthKind::annotation));
  }
  return matches;
}

}  // namespace bramble
