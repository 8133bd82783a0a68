#pragma once

// The members of the evaluation's records, for JSON (see record_members.hpp).

#include "io/record_members.hpp"
#include "pipeline/records/evaluation.hpp"

#include <type_traits>

namespace bramble {

template <class Members>
void describe(Members& members, std::type_identity<MatchGates>) {
  members.add("lateral_um", &MatchGates::lateral_um);
  members.add("axial_um", &MatchGates::axial_um);
}

template <class Members>
void describe(Members& members, std::type_identity<Share>) {
  members.add("part", &Share::part);
  members.add("whole", &Share::whole);
  members.add("frac", &Share::frac);
  members.add("ci_low", &Share::ci_low);
  members.add("ci_high", &Share::ci_high);
}

template <class Members>
void describe(Members& members, std::type_identity<DetectionScore>) {
  members.add("gates", &DetectionScore::gates);
  members.add("n_truth", &DetectionScore::n_truth);
  members.add("n_hits", &DetectionScore::n_hits);
  members.add("n_missed", &DetectionScore::n_missed);
  members.add("n_merged", &DetectionScore::n_merged);
  members.add("n_false_alarms", &DetectionScore::n_false_alarms);
  members.add("n_ignored", &DetectionScore::n_ignored);
  members.add("precision", &DetectionScore::precision);
  members.add("recall", &DetectionScore::recall);
  members.add("f1", &DetectionScore::f1);
  members.add("density_bias", &DetectionScore::density_bias);
  members.add("false_alarms_per_100_um", &DetectionScore::false_alarms_per_100_um);
}

template <class Members>
void describe(Members& members, std::type_identity<StackScore>) {
  members.add("subject_id", &StackScore::subject_id);
  members.add("group", &StackScore::group);
  members.add("session_id", &StackScore::session_id);
  members.add("fov", &StackScore::fov);
  members.add("day", &StackScore::day);
  members.add("detection", &StackScore::detection);
  members.add("true_length_um", &StackScore::true_length_um);
  members.add("traced_length_um", &StackScore::traced_length_um);
  members.add("usable_length_um", &StackScore::usable_length_um);
}

template <class Members>
void describe(Members& members, std::type_identity<RecallStratum>) {
  members.add("by", &RecallStratum::by);
  members.add("low", &RecallStratum::low);
  members.add("high", &RecallStratum::high);
  members.add("recall", &RecallStratum::recall);
}

template <class Members>
void describe(Members& members, std::type_identity<LocalisationScore>) {
  members.add("n", &LocalisationScore::n);
  members.add("lateral_mean_um", &LocalisationScore::lateral_mean_um);
  members.add("lateral_p95_um", &LocalisationScore::lateral_p95_um);
  members.add("axial_mean_um", &LocalisationScore::axial_mean_um);
  members.add("axial_p95_um", &LocalisationScore::axial_p95_um);
}

template <class Members>
void describe(Members& members, std::type_identity<LengthScore>) {
  members.add("true_um", &LengthScore::true_um);
  members.add("traced_um", &LengthScore::traced_um);
  members.add("usable_um", &LengthScore::usable_um);
  members.add("traced_error_frac", &LengthScore::traced_error_frac);
  members.add("usable_error_frac", &LengthScore::usable_error_frac);
}

template <class Members>
void describe(Members& members, std::type_identity<CentrelineScore>) {
  members.add("gate_um", &CentrelineScore::gate_um);
  members.add("mean_um", &CentrelineScore::mean_um);
  members.add("p95_um", &CentrelineScore::p95_um);
  members.add("true_um", &CentrelineScore::true_um);
  members.add("missed_um", &CentrelineScore::missed_um);
  members.add("traced_um", &CentrelineScore::traced_um);
  members.add("extra_um", &CentrelineScore::extra_um);
}

template <class Members>
void describe(Members& members, std::type_identity<BranchPointScore>) {
  members.add("gate_um", &BranchPointScore::gate_um);
  members.add("recall", &BranchPointScore::recall);
  members.add("precision", &BranchPointScore::precision);
  members.add("distance_mean_um", &BranchPointScore::distance_mean_um);
}

template <class Members>
void describe(Members& members, std::type_identity<HeadSizeScore>) {
  members.add("low_um", &HeadSizeScore::low_um);
  members.add("high_um", &HeadSizeScore::high_um);
  members.add("n", &HeadSizeScore::n);
  members.add("bias_um", &HeadSizeScore::bias_um);
  members.add("sd_um", &HeadSizeScore::sd_um);
  members.add("median_bias_frac", &HeadSizeScore::median_bias_frac);
}

template <class Members>
void describe(Members& members, std::type_identity<ClassPair>) {
  members.add("truth_class", &ClassPair::truth_class);
  members.add("run_class", &ClassPair::run_class);
  members.add("n", &ClassPair::n);
  members.add("n_clear_cut", &ClassPair::n_clear_cut);
}

template <class Members>
void describe(Members& members, std::type_identity<LinkScore>) {
  members.add("n_pairs", &LinkScore::n_pairs);
  members.add("n_same", &LinkScore::n_same);
  members.add("n_switched", &LinkScore::n_switched);
  members.add("n_wrong", &LinkScore::n_wrong);
  members.add("precision", &LinkScore::precision);
  members.add("recall", &LinkScore::recall);
  members.add("f1", &LinkScore::f1);
}

template <class Members>
void describe(Members& members, std::type_identity<EventScore>) {
  members.add("kind", &EventScore::kind);
  members.add("false_of_stable", &EventScore::false_of_stable);
  members.add("false_of_from", &EventScore::false_of_from);
  members.add("recall", &EventScore::recall);
  members.add("precision", &EventScore::precision);
}

template <class Members>
void describe(Members& members, std::type_identity<DensityComparison>) {
  members.add("group", &DensityComparison::group);
  members.add("region", &DensityComparison::region);
  members.add("session_id", &DensityComparison::session_id);
  members.add("day", &DensityComparison::day);
  members.add("n_animals", &DensityComparison::n_animals);
  members.add("truth_per_um", &DensityComparison::truth_per_um);
  members.add("run_per_um", &DensityComparison::run_per_um);
  members.add("bias_frac", &DensityComparison::bias_frac);
}

template <class Members>
void describe(Members& members, std::type_identity<RateComparison>) {
  members.add("group", &RateComparison::group);
  members.add("session_from", &RateComparison::session_from);
  members.add("session_to", &RateComparison::session_to);
  members.add("measure", &RateComparison::measure);
  members.add("n_from_truth", &RateComparison::n_from_truth);
  members.add("n_from_run", &RateComparison::n_from_run);
  members.add("truth", &RateComparison::truth);
  members.add("run", &RateComparison::run);
  members.add("bias", &RateComparison::bias);
}

template <class Members>
void describe(Members& members, std::type_identity<ContrastComparison>) {
  members.add("region", &ContrastComparison::region);
  members.add("session_id", &ContrastComparison::session_id);
  members.add("day", &ContrastComparison::day);
  members.add("measure", &ContrastComparison::measure);
  members.add("group", &ContrastComparison::group);
  members.add("control", &ContrastComparison::control);
  members.add("truth", &ContrastComparison::truth);
  members.add("planted", &ContrastComparison::planted);
  members.add("estimate", &ContrastComparison::estimate);
  members.add("ci_low", &ContrastComparison::ci_low);
  members.add("ci_high", &ContrastComparison::ci_high);
  members.add("bias", &ContrastComparison::bias);
  members.add("interval_holds_truth", &ContrastComparison::interval_holds_truth);
}

template <class Members>
void describe(Members& members, std::type_identity<PlantedDay>) {
  members.add("day", &PlantedDay::day);
  members.add("density_gain_frac", &PlantedDay::density_gain_frac);
}

template <class Members>
void describe(Members& members, std::type_identity<SegmentCount>) {
  members.add("subject_id", &SegmentCount::subject_id);
  members.add("session_id", &SegmentCount::session_id);
  members.add("dendrite_id", &SegmentCount::dendrite_id);
  members.add("n_truth", &SegmentCount::n_truth);
  members.add("n_found", &SegmentCount::n_found);
}

template <class Members>
void describe(Members& members, std::type_identity<Evaluation>) {
  members.add("kind", &Evaluation::kind);
  members.add("run", &Evaluation::run);
  members.add("truth", &Evaluation::truth);
  members.add("peak_photons", &Evaluation::peak_photons);
  members.add("notes", &Evaluation::notes);
  members.add("detection", &Evaluation::detection);
  members.add("other_gates", &Evaluation::other_gates);
  members.add("stacks", &Evaluation::stacks);
  members.add("recall_strata", &Evaluation::recall_strata);
  members.add("localisation", &Evaluation::localisation);
  members.add("length", &Evaluation::length);
  members.add("centreline", &Evaluation::centreline);
  members.add("branch_points", &Evaluation::branch_points);
  members.add("head_diameter", &Evaluation::head_diameter);
  members.add("head_diameter_bias_frac", &Evaluation::head_diameter_bias_frac);
  members.add("classes", &Evaluation::classes);
  members.add("class_accuracy", &Evaluation::class_accuracy);
  members.add("clear_cut_class_accuracy", &Evaluation::clear_cut_class_accuracy);
  members.add("links", &Evaluation::links);
  members.add("events", &Evaluation::events);
  members.add("densities", &Evaluation::densities);
  members.add("rates", &Evaluation::rates);
  members.add("contrasts", &Evaluation::contrasts);
  members.add("planted", &Evaluation::planted);
  members.add("segments", &Evaluation::segments);
  members.add("segment_count_error_median", &Evaluation::segment_count_error_median);
}

}  // namespace bramble
