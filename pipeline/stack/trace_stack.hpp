#pragma once

#include "kernels/core/bit_volume.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/trace/thin.hpp"
#include "pipeline/records/parameters.hpp"
#include "pipeline/stack/prune_spurs.hpp"
#include "pipeline/stack/segment_stack.hpp"
#include "pipeline/stack/skeleton_graph.hpp"
#include "pipeline/stack/trace_dendrites.hpp"

#include <vector>

namespace bramble {

struct Trace {
  std::vector<Dendrite> dendrites;
  std::vector<Spur> spurs;
};

// The first half of the trace stage: foreground -> skeleton -> graph.
class SkeletoniseStack {
 public:
  explicit SkeletoniseStack(MemorySpace space) : thin_scratch_(space) {}

  // Thins `foreground` in place. Uses `work.first` and `work.second`.
  SkeletonGraph run(const Exec& exec, BitVolume& foreground, WorkVolumes& work);

 private:
  ThinScratch thin_scratch_;
  BitVolume host_skeleton_;
};

// The second half, on the host: graph -> shafts without spurs -> dendrites.
Trace trace_graph(SkeletonGraph graph, const TraceVolumes& volumes,
                  const TraceParameters& parameters, const TraceDendritesParams& dendrites);

}  // namespace bramble
