#pragma once

#include "pipeline/records/phantom_parameters.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bramble {

// A ready-made change of the default study (variant V0 of reference science.md section 7).
struct PhantomPreset {
  std::string_view name;
  std::string_view variant;  // its number in section 7.11, empty when it has none
  std::string_view meaning;
  void (*apply)(PhantomParameters&);
};

// Sizes, treatments, then imaging conditions.
const std::vector<PhantomPreset>& phantom_presets();

// Changes `parameters` as the presets say, in that order. `names` holds names or variants ("V1"),
// in any case. Throws InvalidArgument for an unknown one, with the nearest known name.
void apply_phantom_presets(const std::vector<std::string>& names, PhantomParameters& parameters);

}  // namespace bramble
