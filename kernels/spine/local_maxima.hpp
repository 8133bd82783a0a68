#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/memory.hpp"
#include "kernels/core/volume.hpp"

#include <vector>

namespace bramble {

struct LocalMaximaParams {
  float threshold = 0;     // values at or below it are no maxima
  Extent radius{1, 2, 2};  // of the box that a maximum must be the largest of, in voxels
};

struct LocalMaximaScratch {
  explicit LocalMaximaScratch(MemorySpace space) : flags(space), indices(space) {}
  Array<std::uint8_t> flags;
  Array<std::int64_t> indices;
};

// The voxels that are larger than every other of their box, in order of linear index; of equal
// neighbours the first one counts. The box is cut at the border. Cost: one read a voxel below the
// threshold, the box for the rest.
std::vector<Voxel> find_local_maxima(const Exec& exec, VolumeView<const float> values,
                                     const LocalMaximaParams& params, LocalMaximaScratch& scratch);

}  // namespace bramble
