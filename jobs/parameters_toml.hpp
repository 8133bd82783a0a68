#pragma once

#include "pipeline/records/parameters.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bramble {

// The parameters that a TOML text asks for, defaults for the rest. `source` names the text in
// messages. A table [provenance] is passed over, so that a run.toml can be given back as a
// configuration. Throws InvalidArgument with source, line and column for bad syntax, an unknown
// table or key (with the nearest known name), a value of the wrong type or out of its range.
Parameters parameters_from_toml(std::string_view text, const std::string& source);

// The same for a file; throws InvalidArgument when it cannot be read.
Parameters read_parameters(const std::string& path);

// Every parameter with its value and meaning, in a fixed order: equal parameters give equal texts,
// and parameters_from_toml gives them back.
std::string parameters_to_toml(const Parameters& parameters);

// SHA-256 of that text.
std::string parameters_hash(const Parameters& parameters);

// One line for each parameter that differs: "restore.iterations: 12 there, 6 here".
std::vector<std::string> parameter_differences(const Parameters& there, const Parameters& here);

// Throws InvalidArgument for values out of range and values that contradict each other; `source`
// names where they came from.
void check_parameters(const Parameters& parameters, const std::string& source);

}  // namespace bramble
