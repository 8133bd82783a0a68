#pragma once

#include "pipeline/records/parameters.hpp"

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bramble {

// One parameter: its place in the TOML file and in the record, and what it may be.
struct ParameterField {
  std::string_view table;
  std::string_view key;
  std::variant<int*, float*, double*, std::string*, std::optional<Spacing>*> value;
  std::string_view meaning;
  double lowest = -std::numeric_limits<double>::infinity();  // of numbers
  double highest = std::numeric_limits<double>::infinity();
};

// Every member of `parameters`, table by table in the order of the record. The one list that
// reading, printing, hashing and comparing go by. The pointers live as long as `parameters`.
std::vector<ParameterField> parameter_fields(Parameters& parameters);

// The value as TOML, for example 12, 0.45, "GFP" or [1.0, 0.1, 0.1]; empty for an absent voxel
// size.
std::string toml_value(const ParameterField& field);

// What is wrong with a number outside its range: "-1 is out of range, expected 0 to 1000"; empty
// when nothing is.
std::string range_problem(const ParameterField& field);

}  // namespace bramble
