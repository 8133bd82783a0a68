#pragma once

#include "pipeline/records/phantom_parameters.hpp"

namespace bramble {

// Throws InvalidArgument with the name, the value and the range of the first parameter that is out
// of range.
void check_parameters(const PhantomParameters& parameters);

}  // namespace bramble
