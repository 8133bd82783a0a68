#pragma once

#include "kernels/core/bit_volume.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/memory.hpp"
#include "kernels/segment/label_runs.hpp"

#include <cstdint>

namespace bramble {

// Memory that fill_cavities() needs: 1/8 B a voxel, and the runs of the background. Keep it between
// calls.
struct FillCavitiesScratch {
  explicit FillCavitiesScratch(MemorySpace space = MemorySpace::host);

  BitVolume background;
  RunLabels runs;
  Array<std::uint8_t> flags;
};

// Makes the cavities of `bits` foreground: the 6-components of the background that do not touch the
// border of the volume. A volume of one plane has none. Cost: label_runs on the background.
void fill_cavities(const Exec& exec, BitVolume& bits, FillCavitiesScratch& scratch);

}  // namespace bramble
