#pragma once

#include "pipeline/field/aligned_field.hpp"
#include "pipeline/field/traced_shaft.hpp"
#include "pipeline/records/field_result.hpp"

#include <vector>

namespace bramble {

// Flags `retracted_tip` where a dendrite ends 3 um or more before the place where it ended in an
// earlier session, although the session shows that place: those 3 um lie in its volume, and its
// alignment volume, the stack averaged to about 0.5 um, has no shaft there: less than 0.3 of the
// contrast of the last 10 um before. What a trace stopped short of is still bright and is not
// flagged; what a shadow hides may be. `traced`: by shaft, session; `rows` get the flags.
void flag_retracted_tips(const AlignedField& field,
                         const std::vector<std::vector<TracedShaft>>& traced,
                         std::vector<FieldDendrite>& rows);

}  // namespace bramble
