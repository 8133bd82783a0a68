#pragma once

#include "jobs/parameter_field.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bramble {

// Gives the values of a TOML text to the fields it names; the others keep theirs. `source` names
// the text in messages. A table [provenance] is passed over, so that a run.toml or study.toml can
// be given back as a configuration. Throws InvalidArgument with source, line and column for bad
// syntax, an unknown table or key (with the nearest known name), a value of the wrong type or out
// of its range.
void assign_from_toml(std::string_view text, const std::string& source,
                      const std::vector<ParameterField>& fields);

// The whole text of a file; throws InvalidArgument when it cannot be read.
std::string read_configuration(const std::string& path);

// Every field with its value and meaning, table by table: equal values give equal texts, and
// assign_from_toml gives them back.
std::string fields_to_toml(const std::vector<ParameterField>& fields);

}  // namespace bramble
