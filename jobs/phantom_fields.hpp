#pragma once

#include "jobs/parameter_field.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <vector>

namespace bramble {

// Every member of `parameters`, table by table in the order of the record: what study.toml and
// `bramble phantom --config` go by. The pointers live as long as `parameters`. Ranges are checked
// by the generator (check_parameters), which names the field in the same way.
std::vector<ParameterField> phantom_fields(PhantomParameters& parameters);

}  // namespace bramble
