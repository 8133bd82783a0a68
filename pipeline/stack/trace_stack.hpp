#pragma once

#include "kernels/core/bit_volume.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/trace/thin.hpp"
#include "pipeline/records/parameters.hpp"
#include "pipeline/stack/prune_spurs.hpp"
#include "pipeline/stack/trace_dendrites.hpp"

#include <vector>

namespace bramble {

struct Trace {
  std::vector<Dendrite> dendrites;
  std::vector<Spur> spurs;
};

// The trace stage: foreground -> skeleton -> graph -> shafts without spurs -> dendrites.
class TraceStack {
 public:
  explicit TraceStack(MemorySpace space);

  // Thins `foreground` in place.
  Trace run(const Exec& exec, BitVolume& foreground, const TraceVolumes& volumes,
            const TraceParameters& parameters, const TraceDendritesParams& dendrites);

 private:
  Volume<std::uint32_t> squared_distance_nm2_;
  Volume<std::uint32_t> distance_scratch_;
  ThinScratch thin_scratch_;
  BitVolume host_skeleton_;
  Volume<std::uint32_t> host_distance_;
};

}  // namespace bramble
