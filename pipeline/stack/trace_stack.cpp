#include "pipeline/stack/trace_stack.hpp"

#include "kernels/core/view_in.hpp"
#include "kernels/trace/distance_transform.hpp"
#include "pipeline/stack/attach_ends.hpp"
#include "pipeline/stack/cut_loops.hpp"
#include "pipeline/stack/split_bends.hpp"

#include <cstdint>
#include <utility>

namespace bramble {

namespace {

// A float volume's memory, lent for integers: what was in it is lost.
VolumeView<std::uint32_t> as_integers(VolumeView<float> volume) {
  void* const memory = volume.data;
  return {static_cast<std::uint32_t*>(memory), volume.extent, volume.spacing};
}

// The integers that were put there.
VolumeView<const std::uint32_t> as_integers(VolumeView<const float> volume) {
  const void* const memory = volume.data;
  return {static_cast<const std::uint32_t*>(memory), volume.extent, volume.spacing};
}

}  // namespace

SkeletonGraph SkeletoniseStack::run(const Exec& exec, BitVolume& foreground, WorkVolumes& work) {
  const VolumeView<std::uint32_t> squared_distance_nm2 = as_integers(work.first.view());
  distance_transform(exec, foreground, as_integers(work.second.view()), squared_distance_nm2);
  thin(exec, foreground, squared_distance_nm2, {}, thin_scratch_);

  copy(exec, foreground, host_skeleton_);
  return build_skeleton_graph(
      host_skeleton_, as_integers(view_in(exec, MemorySpace::host, work.first, work.on_host[0])));
}

Trace trace_graph(SkeletonGraph graph, const TraceVolumes& volumes,
                  const TraceParameters& parameters, const TraceDendritesParams& dendrites) {
  const Spacing spacing = volumes.smoothed.spacing;
  PrunedGraph pruned =
      prune_spurs(cut_loops(std::move(graph), volumes.smoothed, {}), volumes.smoothed,
                  {.max_spur_length_um = parameters.max_spur_length_um});
  std::vector<ShaftPath> shafts = split_bends(
      join_branches(pruned.graph, spacing, {.min_length_um = parameters.min_branch_length_um}), {});
  attach_ends(shafts, volumes.smoothed, {});
  return {trace_dendrites(shafts, volumes, dendrites), std::move(pruned.spurs)};
}

}  // namespace bramble
