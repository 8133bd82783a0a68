#pragma once

#include "jobs/parameter_field.hpp"
#include "pipeline/records/parameters.hpp"

#include <vector>

namespace bramble {

// Every member of `parameters`, table by table in the order of the record. The one list that
// reading, printing, hashing and comparing go by. The pointers live as long as `parameters`.
std::vector<ParameterField> parameter_fields(Parameters& parameters);

}  // namespace bramble
