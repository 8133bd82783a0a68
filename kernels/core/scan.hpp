#pragma once

#include "kernels/core/exec.hpp"

#include <cstdint>

namespace bramble {

// sums[i] = values[0] + ... + values[i - 1]; sums may be values. Exact integers.
void exclusive_scan(const Exec& exec, const std::int32_t* values, std::int64_t n,
                    std::int32_t* sums);

}  // namespace bramble
