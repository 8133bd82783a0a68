#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/records/identity.hpp"

#include <string>
#include <vector>

// What comparing a run with the truth gives. Every share is given with its counts, so that a reader
// can pool them anew. NaN where there is nothing to compare.
namespace bramble {

// How far a found head may lie from the true one.
struct MatchGates {
  double lateral_um = 0.6;
  double axial_um = 1.5;
};

// A part of a whole, with Wilson's 95 % interval.
struct Share {
  int part = 0;
  int whole = 0;
  double frac = not_available;
  double ci_low = not_available;
  double ci_high = not_available;
};

struct DetectionScore {
  MatchGates gates;
  int n_truth = 0;  // true spines that count
  int n_hits = 0;
  int n_missed = 0;
  int n_merged = 0;        // of the missed: one detection stands for them and a neighbour
  int n_false_alarms = 0;  // found where nothing is
  int n_ignored = 0;       // found on what does not count
  Share precision;         // hits of hits and false alarms
  Share recall;            // hits of n_truth
  double f1 = 0;
  double density_bias = 0;                         // (hits + false alarms) / n_truth - 1
  double false_alarms_per_100_um = not_available;  // of true length
};

struct StackScore {
  std::string subject_id, group, session_id, fov;
  double day = not_available;
  DetectionScore detection;
  double true_length_um = not_available;  // inside the volume
  double traced_length_um = not_available;
  double usable_length_um = not_available;
};

// Recall of the true spines whose value lies in [low, high).
struct RecallStratum {
  std::string by;
  double low = 0;
  double high = 0;
  Share recall;
};

// Distances between found and true heads, over the hits.
struct LocalisationScore {
  int n = 0;
  double lateral_mean_um = not_available;
  double lateral_p95_um = not_available;
  double axial_mean_um = not_available;
  double axial_p95_um = not_available;
};

struct LengthScore {
  double true_um = not_available;
  double traced_um = not_available;
  double usable_um = not_available;
  double traced_error_frac = not_available;  // traced / true - 1
  double usable_error_frac = not_available;
};

// Points every quarter of a micrometre on both lines. The distances are over all points with the
// other line within the gate; the others make up the missed and the extra length.
struct CentrelineScore {
  double gate_um = 1;
  double mean_um = not_available;
  double p95_um = not_available;
  double true_um = 0;
  double missed_um = 0;  // of the true lines
  double traced_um = 0;
  double extra_um = 0;  // of the traced lines
};

// Places where a dendrite branches off another one. Those of true branches with less than 10 um in
// the volume do not count.
struct BranchPointScore {
  double gate_um = 1.5;
  Share recall;     // true ones with a found one within the gate, one to one
  Share precision;  // found ones with a true one within the gate
  double distance_mean_um = not_available;
};

struct HeadSizeScore {
  double low_um = 0;  // of the true diameter
  double high_um = 0;
  int n = 0;
  double bias_um = not_available;  // mean of found - true
  double sd_um = not_available;
  double median_bias_frac = not_available;  // median of found / true, - 1
};

// Hits by true and found class; clear-cut: 10 % away from every threshold of the classes.
struct ClassPair {
  std::string truth_class, run_class;
  int n = 0;
  int n_clear_cut = 0;
};

// Over true spines found in two consecutive sessions of a field.
struct LinkScore {
  int n_pairs = 0;     // true spines that count and were found in both
  int n_same = 0;      // with one id
  int n_switched = 0;  // with two
  int n_wrong = 0;     // ids that join two different true spines
  Share precision;     // same of same and wrong
  Share recall;        // same of n_pairs
  double f1 = not_available;
};

// Losses (or gains) between consecutive sessions: what truly happened and what the run says.
struct EventScore {
  std::string kind;       // "elimination" or "formation"
  Share false_of_stable;  // spines truly in both sessions that the run calls lost (gained)
  Share false_of_from;  // all false events over the run's assessable spines of the earlier session
  Share recall;         // true events that the run reports
  Share precision;      // reported events that are true
};

struct DensityComparison {
  std::string group, region, session_id;
  double day = not_available;
  int n_animals = 0;                    // that truth and run both have
  double truth_per_um = not_available;  // mean of animals
  double run_per_um = not_available;
  double bias_frac = not_available;
};

// One measure of a group between two sessions, all its spines pooled.
struct RateComparison {
  std::string group, session_from, session_to, measure;
  int n_from_truth = 0;
  int n_from_run = 0;
  double truth = not_available;
  double run = not_available;
  double bias = not_available;  // run - truth
};

struct ContrastComparison {
  std::string region, session_id;
  double day = not_available;
  std::string measure, group, control;
  double truth = not_available;    // the same contrast of true counts and lengths
  double planted = not_available;  // what the study's parameters lead one to expect
  double estimate = not_available;
  double ci_low = not_available;
  double ci_high = not_available;
  double bias = not_available;       // estimate - truth
  std::string interval_holds_truth;  // "yes", "no" or empty
};

// What a synthetic study's parameters lead one to expect of a treated group.
struct PlantedDay {
  double day = not_available;
  double density_gain_frac = not_available;  // spines added, of those in the first session
};

// Spines of one annotated segment: its length is the same for both, so this is its density error.
struct SegmentCount {
  std::string subject_id, session_id, dendrite_id;
  int n_truth = 0;
  int n_found = 0;
};

struct Evaluation {
  std::string kind;  // "phantom", "annotation" or "positions"
  std::string run;   // folders as given
  std::string truth;
  double peak_photons = not_available;  // of the synthetic study
  std::vector<std::string> notes;       // what could not be scored, and why
  DetectionScore detection;
  std::vector<DetectionScore> other_gates;
  std::vector<StackScore> stacks;
  std::vector<RecallStratum> recall_strata;
  LocalisationScore localisation;
  LengthScore length;
  CentrelineScore centreline;
  BranchPointScore branch_points;
  std::vector<HeadSizeScore> head_diameter;
  double head_diameter_bias_frac = not_available;  // median, true diameters from 0.45 um
  std::vector<ClassPair> classes;
  Share class_accuracy;
  Share clear_cut_class_accuracy;
  LinkScore links;
  std::vector<EventScore> events;
  std::vector<DensityComparison> densities;
  std::vector<RateComparison> rates;
  std::vector<ContrastComparison> contrasts;
  std::vector<PlantedDay> planted;
  std::vector<SegmentCount> segments;
  double segment_count_error_median = not_available;  // of segments with 10 true spines or more
};

enum class Outcome { hit, missed, merged, false_alarm, ignored };

// One true or found spine, for the list of outcomes and the pictures.
struct SpineOutcome {
  Outcome outcome = Outcome::hit;
  Position head;         // where it was found; the true place when it was not
  std::string truth_id;  // spine_id of the truth, empty for a false alarm
  std::string run_id;    // spine_id of the run, empty for a miss
};

struct StackOutcomes {
  std::string subject_id, session_id, fov;
  std::vector<SpineOutcome> spines;  // found ones as in the run's table, then the misses
};

}  // namespace bramble
