#pragma once

#include "pipeline/evaluate/match_stack.hpp"

namespace bramble {

// How well the hits are measured. All functions take the matched stacks of a study.

LocalisationScore localisation_score(const std::vector<StackMatch>& matches);

// By bins of the true diameter: 0.25, 0.35, 0.45, 0.6, 0.8, 1.2 um. Empty when the truth has no
// diameters.
std::vector<HeadSizeScore> head_size_scores(const std::vector<StackMatch>& matches);

// Median of found / true diameter, - 1, over true diameters from 0.45 um; NaN without one.
double head_diameter_bias(const std::vector<StackMatch>& matches);

// Hits whose classes both are known, by true class, then found class. Clear-cut spines lie 10 %
// away from each threshold of the rule set "project": head 0.40 and 0.60 um, neck 0.15 um,
// length 1.0 and 2.0 um.
std::vector<ClassPair> class_pairs(const std::vector<StackMatch>& matches);

}  // namespace bramble
