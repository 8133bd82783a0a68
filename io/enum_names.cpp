#include "io/enum_names.hpp"

#include "kernels/core/error.hpp"

#include <fmt/format.h>

#include <array>

namespace bramble {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 3> state_names{"present", "absent", "not_assessable"};

std::size_t index_of(std::string_view name, const std::string_view* names, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    if (names[i] == name) {
      return i;
    }
  }
  throw DataError(
      fmt::format("\"{}\" is not one of {}", name, fmt::join(names, names + size, ", ")));
}

}  // namespace

std::string_view name_of(SpineClass spine_class) {
  return spine_class_names.at(static_cast<std::size_t>(spine_class));
}

std::string_view name_of(SpineState state) {
  return state_names.at(static_cast<std::size_t>(state));
}

template <>
SpineClass value_of<SpineClass>(std::string_view name) {
  return static_cast<SpineClass>(
      index_of(name, spine_class_names.data(), spine_class_names.size()));
}

template <>
SpineState value_of<SpineState>(std::string_view name) {
  return static_cast<SpineState>(index_of(name, state_names.data(), state_names.size()));
}

}  // namespace bramble
