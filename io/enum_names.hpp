#pragma once

#include "pipeline/records/field_result.hpp"
#include "pipeline/records/spine.hpp"

#include <string>
#include <string_view>

namespace bramble {

// The words that stand for a class or a state in every file.
std::string_view name_of(SpineClass spine_class);
std::string_view name_of(SpineState state);

// The inverse; throws DataError with the words that exist.
template <class Enum>
Enum value_of(std::string_view name);
template <>
SpineClass value_of<SpineClass>(std::string_view name);
template <>
SpineState value_of<SpineState>(std::string_view name);

}  // namespace bramble
