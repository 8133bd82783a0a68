#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/memory.hpp"
#include "kernels/core/volume.hpp"

#include <cstdint>

namespace bramble {

// Sum of n integers; exact, so the same on every backend and for any number of threads.
std::int64_t sum(const Exec& exec, const std::int32_t* values, std::int64_t n);

// Largest of n values, `lowest` when n is 0.
float maximum(const Exec& exec, const float* values, std::int64_t n, float lowest);
std::int32_t maximum(const Exec& exec, const std::int32_t* values, std::int64_t n,
                     std::int32_t lowest);

// Smallest of n values, `highest` when n is 0.
std::int32_t minimum(const Exec& exec, const std::int32_t* values, std::int64_t n,
                     std::int32_t highest);

// Sum of all voxels in double: each row of x from left to right, then the rows in order. The
// partition is fixed, so the result does not depend on the number of threads. `row_sums` is scratch
// in the space of `exec`.
double sum(const Exec& exec, VolumeView<const float> volume, Array<double>& row_sums);

}  // namespace bramble
