#pragma once

#include "kernels/core/bit_volume.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/memory.hpp"

#include <cstdint>

namespace bramble {

// Which voxels are neighbours: those that share a face (6), or a face, an edge or a corner (26).
enum class Connectivity { face_6, corner_26 };

// The arrays of a RunLabels for kernels, read only.
struct RunView {
  Extent extent;
  const std::int32_t* first_run = nullptr;
  const std::int32_t* first_x = nullptr;
  const std::int32_t* end_x = nullptr;
  const std::int32_t* label = nullptr;
};

// The connected components of a binary volume, as labels of its runs: a run is a maximal sequence
// of foreground voxels [first_x, end_x) in one row. Runs are in the order of their rows, row = z *
// extent.y + y, then of x: row r has the runs [first_run[r], first_run[r + 1]).
struct RunLabels {
  explicit RunLabels(MemorySpace space = MemorySpace::host);

  std::int64_t num_runs() const noexcept { return label.size(); }
  RunView view() const noexcept {
    return {extent, first_run.data(), first_x.data(), end_x.data(), label.data()};
  }

  Extent extent;
  Array<std::int32_t> first_run;  // by row, and one more
  Array<std::int32_t> first_x;    // by run
  Array<std::int32_t> end_x;      // by run
  Array<std::int32_t> label;      // by run: the smallest run index in its component
};

// Labels the components of `bits` without a volume of labels: each row is joined with its
// neighbours among the rows before it, by union-find without locks. The result does not depend on
// the order of the unions, because a root is only ever linked to a smaller root of the same
// component, so that the last root is the smallest run.
// Cost: 3/8 B read a voxel; the rest goes by runs. Throws InvalidArgument when the volume could
// have 2^31 runs or more.
void label_runs(const Exec& exec, const BitVolume& bits, Connectivity connectivity,
                RunLabels& runs);

// Number of voxels of each component, at the index of its label; 0 at all other runs.
void count_component_voxels(const Exec& exec, const RunLabels& runs,
                            Array<std::int64_t>& num_voxels);

// Sets the bits of all components whose flag, at the index of the label, is not 0; other bits stay.
// `bits` has the extent of `runs`.
void paint_components(const Exec& exec, const RunLabels& runs, const Array<std::uint8_t>& flags,
                      BitVolume& bits);

}  // namespace bramble
