#pragma once

#include "kernels/core/exec.hpp"

#include <cstdint>

namespace bramble {

// Sorts values by ascending key; equal keys keep their order, so the result is unique.
void stable_sort_by_key(const Exec& exec, std::int32_t* keys, std::int64_t n, std::int64_t* values);

}  // namespace bramble
