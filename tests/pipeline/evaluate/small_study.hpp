#pragma once

#include "pipeline/evaluate/evaluation_input.hpp"
#include "pipeline/evaluate/match_stack.hpp"

#include <string>
#include <vector>

namespace bramble {

inline TruthSpine true_spine(const std::string& id, Position head) {
  TruthSpine spine;
  spine.dendrite_id = "d01";
  spine.spine_id = id;
  spine.head = head;
  return spine;
}

inline TruthSpine ignored_spine(const std::string& id, Position head) {
  TruthSpine spine = true_spine(id, head);
  spine.counts = false;
  return spine;
}

// One stack of animal m1 on a day, in session ses-<day>, with a straight dendrite of 20 um along x.
inline TruthStack true_stack(int day, std::vector<TruthSpine> spines) {
  TruthStack stack;
  stack.subject_id = "m1";
  stack.session_id = "ses-" + std::to_string(day);
  stack.day = day;
  stack.fov = "chunk-01";
  stack.group = "saline";
  stack.region = "Cg1";
  stack.spines = std::move(spines);
  TruthDendrite dendrite;
  dendrite.dendrite_id = "d01";
  for (int x = 0; x <= 20; ++x) {
    dendrite.nodes.push_back({5, 5, static_cast<double>(x)});
    dendrite.inside.push_back(true);
  }
  stack.dendrites.push_back(dendrite);
  return stack;
}

// What the run says of one spine in that stack.
inline SpineRow found_spine(int day, const std::string& id, Position head,
                            SpineState state = SpineState::present) {
  SpineRow row;
  row.subject_id = "m1";
  row.session_id = "ses-" + std::to_string(day);
  row.day = day;
  row.fov = "chunk-01";
  row.spine_id = id;
  row.state = state;
  row.spine.head = head;
  return row;
}

inline StudyTruth phantom_truth(std::vector<TruthStack> stacks) {
  return {.kind = TruthKind::phantom, .stacks = std::move(stacks)};
}

inline std::vector<const SpineRow*> pointers_to(const std::vector<SpineRow>& rows) {
  std::vector<const SpineRow*> pointers;
  for (const SpineRow& row : rows) {
    pointers.push_back(&row);
  }
  return pointers;
}

}  // namespace bramble
