#pragma once

#include "jobs/parameter_field.hpp"
#include "pipeline/records/parameters.hpp"

#include <string>
#include <vector>

namespace bramble {

// Every member of a range of restore.psf_depths, as parameter_fields() gives those of the tables.
std::vector<ParameterField> psf_depth_fields(PsfDepth& depth);

// As TOML: [{ from_um = 0.0, ... }, ...].
std::string psf_depths_to_toml(const std::vector<PsfDepth>& depths);

// What is wrong with ranges: numbers out of range, an unknown PSF, ranges that overlap or leave a
// gap; empty when nothing is.
std::string psf_depths_problem(const std::vector<PsfDepth>& depths);

}  // namespace bramble
