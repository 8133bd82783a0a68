#pragma once

#include "kernels/core/bit_volume.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/memory.hpp"
#include "kernels/segment/label_runs.hpp"

#include <cstdint>

namespace bramble {

struct SelectComponentsParams {
  std::int64_t min_voxels = 1;
};

// Memory that select_components() needs, all by runs. Keep it between calls.
struct SelectComponentsScratch {
  explicit SelectComponentsScratch(MemorySpace space = MemorySpace::host);

  RunLabels runs;
  Array<std::int64_t> num_voxels;
  Array<std::uint8_t> flags;
};

// Hysteresis: keeps the 26-components of `low` that have a voxel of `high` in them and at least
// min_voxels voxels. Voxels of `high` outside of `low` do not count. `kept` may be `low` or `high`.
// Throws InvalidArgument when the extents differ. Cost: label_runs, and one more pass over the runs
// of `low`.
void select_components(const Exec& exec, const BitVolume& low, const BitVolume& high,
                       const SelectComponentsParams& params, SelectComponentsScratch& scratch,
                       BitVolume& kept);

}  // namespace bramble
