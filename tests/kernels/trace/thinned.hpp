#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/geometry.hpp"
#include "kernels/trace/thin.hpp"
#include "tests/kernels/binary_volumes.hpp"

#include <cstdint>

namespace bramble {

constexpr Spacing isotropic_um{0.3f, 0.3f, 0.3f};

// The mask after distance_transform() and thin().
Mask thinned(const Mask& mask, const Exec& exec = cpu_exec, Spacing spacing = isotropic_um,
             const ThinParams& params = {});

std::int64_t count_voxels(const Mask& mask);

// Foreground voxels with exactly one neighbour.
int count_ends(const Mask& mask);

int count_simple_voxels_that_are_no_ends(const Mask& mask);

}  // namespace bramble
