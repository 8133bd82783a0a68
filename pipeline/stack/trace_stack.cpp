#include "pipeline/stack/trace_stack.hpp"

#include "kernels/core/view_in.hpp"
#include "kernels/trace/distance_transform.hpp"
#include "pipeline/stack/cut_loops.hpp"

namespace bramble {

TraceStack::TraceStack(MemorySpace space)
    : squared_distance_nm2_(space), distance_scratch_(space), thin_scratch_(space) {}

Trace TraceStack::run(const Exec& exec, BitVolume& foreground, const TraceVolumes& volumes,
                      const TraceParameters& parameters, const TraceDendritesParams& dendrites) {
  const Spacing spacing = volumes.smoothed.spacing;
  squared_distance_nm2_.reshape(foreground.extent(), spacing);
  distance_scratch_.reshape(foreground.extent(), spacing);
  distance_transform(exec, foreground, distance_scratch_.view(), squared_distance_nm2_.view());
  thin(exec, foreground, std::as_const(squared_distance_nm2_).view(), {}, thin_scratch_);

  copy(exec, foreground, host_skeleton_);
  SkeletonGraph graph = build_skeleton_graph(
      host_skeleton_, view_in(exec, MemorySpace::host, squared_distance_nm2_, host_distance_));
  PrunedGraph pruned =
      prune_spurs(cut_loops(std::move(graph), volumes.smoothed, {}), volumes.smoothed,
                  {.max_spur_length_um = parameters.max_spur_length_um});
  const std::vector<ShaftPath> shafts =
      join_branches(pruned.graph, spacing, {.min_length_um = parameters.min_dendrite_length_um});
  return {trace_dendrites(shafts, volumes, dendrites), std::move(pruned.spurs)};
}

}  // namespace bramble
