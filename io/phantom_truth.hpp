#pragma once

#include "pipeline/records/phantom.hpp"

#include <string>
#include <vector>

namespace bramble {

// One table of ground truth, columns as in reference science.md 7.10: its file, its first line, and
// the lines of one stack. Numbers are the shortest text that reads back exactly.
struct PhantomTruthTable {
  const char* file;
  const char* header;
  std::string (*rows)(const PhantomStack& stack);
};

// truth_spines.csv, truth_oracle.csv (the spines that an ideal observer finds: d' >= 6, the ceiling
// of any detector), truth_dendrites.csv, truth_transforms.csv (a session's pose: centre, matrix,
// shift), truth_warp.csv (nodes of its smooth deformation), truth_motion.csv (per slice).
const std::vector<PhantomTruthTable>& phantom_truth_tables();

// Whole files: truth_transitions.csv and truth_summary.csv.
std::string transitions_csv(const std::vector<PhantomTransitionRow>& rows);
std::string summary_csv(const std::vector<PhantomSummaryRow>& rows);

}  // namespace bramble
