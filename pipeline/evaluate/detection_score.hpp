#pragma once

#include "pipeline/evaluate/match_stack.hpp"

namespace bramble {

// Hits, misses and false alarms of all stacks together. Precision and recall are 0 when nothing was
// found (or nothing is there to find), never NaN, so that a run can be ranked by them; then their
// intervals are NaN. false_alarms_per_100_um is left for the caller, who knows the lengths.
DetectionScore detection_score(const std::vector<StackMatch>& matches, const MatchGates& gates);

// What became of every true spine that counts and of every found one, stack by stack.
std::vector<StackOutcomes> spine_outcomes(const std::vector<StackMatch>& matches);

// Spines per annotated line: the true ones that count, and the found ones nearest to it less those
// ignored. Lines without a true spine are left out.
std::vector<SegmentCount> segment_counts(const std::vector<StackMatch>& matches);

// Median of |found / true - 1| over segments with 10 true spines or more; NaN without one.
double median_count_error(const std::vector<SegmentCount>& segments);

}  // namespace bramble
