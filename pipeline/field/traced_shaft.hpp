#pragma once

#include "pipeline/field/aligned_field.hpp"
#include "pipeline/field/path_alignment.hpp"

#include <cstddef>
#include <vector>

namespace bramble {

// A range of path positions along a shaft.
struct PathWindow {
  double low_um = 0;
  double high_um = 0;
};

// A node of a session's own dendrite, and where along the shaft it lies.
struct TracedNode {
  double path_um = 0;
  int dendrite = 0;  // index into the stack's dendrites
  std::size_t node = 0;
};

// What one session shows of one shaft.
struct TracedShaft {
  std::vector<TracedNode> nodes;    // by path position
  std::vector<PathWindow> windows;  // ascending, apart by more than 1 um
};

// Path positions are those of the shaft's spines after the session's path shift is undone.
TracedShaft trace_shaft(const AlignedField& field, int shaft, int session,
                        const PathShift& path_shift);

// The length that all of them show.
double common_length_um(const std::vector<TracedShaft>& sessions);

// The node nearest to a path position; there is at least one.
const TracedNode& nearest_node(const TracedShaft& traced, double path_um);

}  // namespace bramble
