#pragma once

#include "pipeline/phantom/dendrite_path.hpp"
#include "pipeline/phantom/phantom_field.hpp"
#include "pipeline/phantom/tissue_region.hpp"
#include "pipeline/phantom/walk_path.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace bramble {

// A Y branch of a dendrite, with the probability branching_frac: it starts on the dendrite's axis
// at a uniform place within the imaged box, 25 to 50 degrees off its direction, with 0.63 times its
// radius there (the 3/2 power rule for equal daughters). Nothing where no attempt keeps 4 um from
// the other dendrites, and, after the first 15 um, from its own.
std::optional<DendritePath> grow_branch(const PhantomParameters& parameters, PhantomField field,
                                        const std::vector<DendritePath>& dendrites,
                                        std::size_t parent, const Winding& winding,
                                        const TissueBox& box);

}  // namespace bramble
