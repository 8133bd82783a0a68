#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/memory.hpp"

#include <cstdint>

namespace bramble {

// Writes the indices i in [0, n) with flags[i] != 0 to `indices`, ascending, and returns how many
// there are. `indices` has room for n.
std::int64_t compact_indices(const Exec& exec, const std::uint8_t* flags, std::int64_t n,
                             std::int64_t* indices);

// The same into an array that is sized to fit: counts first, so that a sparse result of a whole
// volume stays small.
void compact_indices(const Exec& exec, const std::uint8_t* flags, std::int64_t n,
                     Array<std::int64_t>& indices);

// The same for i in [begin, end) only; flags[0] is the flag of index 0.
std::int64_t compact_indices(const Exec& exec, const std::uint8_t* flags, std::int64_t begin,
                             std::int64_t end, std::int64_t* indices);

}  // namespace bramble
