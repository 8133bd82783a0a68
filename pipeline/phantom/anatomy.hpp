#pragma once

#include "pipeline/phantom/dendrite_path.hpp"
#include "pipeline/phantom/phantom_field.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <vector>

namespace bramble {

// The shafts of a field: 1 + Poisson(mean_number - 1) of them, max_number at most; then their
// branches, so that a parent comes before its branch. They are worm-like chains in plane with a
// slowly varying elevation, kept 3 um from top and bottom and 4 um from each other, and left out
// where there is no room after many attempts. Values and sources: reference science.md section 7.3.
std::vector<DendritePath> grow_dendrites(const PhantomParameters& parameters, PhantomField field);

}  // namespace bramble
