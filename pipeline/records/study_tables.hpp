#pragma once

#include "pipeline/records/field_result.hpp"

#include <string>
#include <vector>

// The rows of the tables, column by column as they are written. NaN is written as n/a.
namespace bramble {

struct SpineRow {
  std::string subject_id, group, session_id;
  double day = not_available;
  std::string region, fov, dendrite_id, spine_id;
  SpineState state = SpineState::present;
  Spine spine;
};

struct DendriteRow {
  std::string subject_id, group, session_id;
  double day = not_available;
  std::string region, fov, dendrite_id;
  double length_um = 0;
  double length_usable_um = 0;
  int n_spines = 0;
  double density_per_um = not_available;
  int n_thin = 0;
  int n_stubby = 0;
  int n_mushroom = 0;
  int n_filopodium = 0;
  double diameter_um = 0;
  double snr = 0;
  std::string flags;
  double length_2d_um = 0;
  double tortuosity = not_available;
  int branch_order = 1;
  double mean_diameter_um = 0;
  double common_length_um = 0;
};

struct TransitionRow {
  std::string subject_id, group, region, fov, dendrite_id, session_from, session_to;
  double day_from = not_available;
  double day_to = not_available;
  int n_from = 0;
  int n_to = 0;
  int n_stable = 0;
  int n_gained = 0;
  int n_lost = 0;
  int n_not_assessable = 0;
  double formation_frac = not_available;
  double elimination_frac = not_available;
  double turnover_ratio = not_available;
  double formation_frac_corrected = not_available;
  double elimination_frac_corrected = not_available;
  double turnover_ratio_corrected = not_available;
};

struct AnimalRow {
  std::string subject_id, group, region, session_id;
  double day = not_available;
  int n_fields = 0;
  int n_dendrites = 0;
  double length_um = 0;
  int n_spines = 0;
  double density_per_um = not_available;  // all spines over all usable length
  double density_sd = not_available;      // between dendrites
  double density_ci_low = not_available;  // of the mean of dendrites
  double density_ci_high = not_available;
  double fold_change = not_available;  // density over the animal's baseline density
  int n_thin = 0;
  int n_stubby = 0;
  int n_mushroom = 0;
  int n_filopodium = 0;
  double formation_frac = not_available;  // from the session before
  double elimination_frac = not_available;
  std::string flags;
};

struct ContrastRow {
  std::string region, session_id;
  double day = not_available;
  std::string measure, group, control;
  double estimate = not_available;
  double se = not_available;
  double df = not_available;
  double ci_low = not_available;
  double ci_high = not_available;
  std::string method;
  int n_animals = 0;
  int n_animals_control = 0;
  double hedges_g = not_available;
  double p_permutation = not_available;
  std::string flags;
};

// One row per stack or unreadable file of the manifest, done or failed.
struct StackRow {
  std::string subject_id, session_id, fov, file, path;
  std::string shape;    // "42x1024x1024", n/a when unread
  std::string spacing;  // "1x0.12x0.12"
  double snr = not_available;
  double saturation_frac = not_available;
  double background = not_available;
  double motion_um = not_available;
  std::string psf;
  int iterations = -1;  // -1: n/a
  std::string status;   // "done", "failed", "quarantined"
  std::string message;
  std::string flags;
};

struct StudyTables {
  std::vector<SpineRow> spines;
  std::vector<DendriteRow> dendrites;
  std::vector<TransitionRow> transitions;
  std::vector<AnimalRow> animals;
  std::vector<ContrastRow> contrasts;
  std::vector<StackRow> stacks;
};

}  // namespace bramble
