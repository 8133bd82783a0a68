#pragma once

#include "pipeline/records/study_tables.hpp"
#include "tests/io/example_records.hpp"

namespace bramble {

inline AnimalRow example_animal(const std::string& subject, const std::string& group,
                                const std::string& session, double day, double density) {
  AnimalRow row;
  row.subject_id = subject;
  row.group = group;
  row.region = "MOs";
  row.session_id = session;
  row.day = day;
  row.n_fields = 1;
  row.n_dendrites = 10;
  row.length_um = 500;
  row.n_spines = 200;
  row.density_per_um = density;
  row.density_ci_low = density - 0.05;
  row.density_ci_high = density + 0.05;
  row.fold_change = density / 0.4;
  row.n_thin = 120;
  row.n_mushroom = 50;
  row.n_stubby = 30;
  row.formation_frac = 0.1;
  row.elimination_frac = 0.08;
  return row;
}

inline DendriteRow example_dendrite_row(const std::string& dendrite, const std::string& session,
                                        double day, double density) {
  DendriteRow row;
  row.subject_id = "M01";
  row.group = "ketamine";
  row.session_id = session;
  row.day = day;
  row.region = "MOs";
  row.fov = "chunk-01";
  row.dendrite_id = dendrite;
  row.length_um = 41.23456789;
  row.density_per_um = density;
  return row;
}

inline SpineRow example_spine_row(SpineState state) {
  SpineRow row;
  row.subject_id = "M01";
  row.group = "";
  row.session_id = "ses-d01";
  row.day = 1;
  row.region = "MOs";
  row.fov = "chunk-01";
  row.dendrite_id = "d01";
  row.spine_id = "d01s001";
  row.state = state;
  row.spine = example_spine(2);
  return row;
}

}  // namespace bramble
