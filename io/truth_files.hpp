#pragma once

#include "pipeline/records/truth.hpp"

#include <string>

// Truth as it is found on disk. All readers throw DataError naming file, line and column for what
// cannot be understood. Session labels get "ses-" before them, subjects lose "sub-".
namespace bramble {

// What lies there, by its files:
//   a folder with truth_spines.csv and truth_dendrites.csv: a synthetic study;
//   a folder with spines.csv and centrelines.csv: a person's annotation;
//   a .csv or .tsv file: positions of heads.
// Throws InvalidArgument when it is none of them, saying what was expected.
StudyTruth read_study_truth(const std::string& path);

// truth_spines.csv and truth_dendrites.csv; the columns from neck_diameter_um on may be missing.
// Spines with scorable 0 do not count. Lengths are those of truth_summary.csv where it is there.
StudyTruth read_phantom_truth(const std::string& folder);

// spines.csv: session, spine_id, dendrite_id, tip_z_um .. base_x_um, excluded; subject, fov and day
// may be missing. The head is the tip moved 0.36 um towards the base. Spines with excluded 1 do not
// count. centrelines.csv: session, dendrite_id, z_um, y_um, x_um, in order along the line.
StudyTruth read_annotation(const std::string& folder);

// Columns z_um, y_um, x_um; subject, session, fov, dendrite_id, spine_id, head_diameter_um may be
// missing. Without spine_id no spine is known in two sessions.
StudyTruth read_head_positions(const std::string& path);

}  // namespace bramble
