#pragma once

#include "kernels/core/counts.hpp"

#include <vector>

namespace bramble {

// Which slices show nothing of their own: without light (mean and scatter both far below those of
// the slices on either side, a change that no optical section makes from one slice to the next),
// or, voxel by voxel, a copy of the slice before. None at all when that would leave less than half
// of the slices: then the stack is made like that. `counts` on the host; one read of every voxel.
std::vector<bool> find_dropped_slices(CountsView counts);

}  // namespace bramble
