#pragma once

#include "pipeline/field/aligned_field.hpp"
#include "pipeline/field/traced_shaft.hpp"
#include "pipeline/records/field_result.hpp"

#include <string>
#include <vector>

namespace bramble {

// "d03"
std::string dendrite_id(int shaft);

// A row for every shaft, session and stack dendrite that shows some of it. Lengths are those of the
// part of the stack dendrite that lies on the shaft ("in_part" where that is not all of it), its
// usable length in proportion. `traced`: by shaft, session.
std::vector<FieldDendrite> field_dendrites(const AlignedField& field,
                                           const std::vector<std::vector<TracedShaft>>& traced);

}  // namespace bramble
