#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/records/parameters.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bramble {

// Where a parameter is kept.
using ParameterValue =
    std::variant<bool*, int*, std::optional<int>*, std::uint64_t*, float*, double*, std::string*,
                 Extent*, Spacing*, std::optional<Spacing>*, std::vector<double>*,
                 std::vector<PsfDepth>*, PhantomPsfModel*>;

// One parameter: its place in the TOML file and in the record, and what it may be.
struct ParameterField {
  std::string_view table;
  std::string_view key;
  ParameterValue value;
  std::string_view meaning;
  double lowest = -std::numeric_limits<double>::infinity();  // of numbers
  double highest = std::numeric_limits<double>::infinity();
};

// The value as TOML, for example 12, 0.45, "GFP" or [1.0, 0.1, 0.1]; "auto" for an absent number,
// empty for an absent voxel size.
std::string toml_value(const ParameterField& field);

// What a TOML value must be to become the field's: "an integer", "three numbers [z, y, x] in um".
std::string_view expected_type(const ParameterField& field);

// What is wrong with a number outside its range: "-1 is out of range, expected 0 to 1000"; empty
// when nothing is.
std::string range_problem(const ParameterField& field);

// "gaussian", "born_wolf", "gibson_lanni", in the order of the enumerators.
const std::vector<std::string>& psf_model_names();

}  // namespace bramble
