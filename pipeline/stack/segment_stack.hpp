#pragma once

#include "kernels/core/bit_volume.hpp"
#include "kernels/core/counts.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/restore/background_field.hpp"
#include "kernels/restore/deconvolution.hpp"
#include "kernels/segment/fill_cavities.hpp"
#include "kernels/segment/select_components.hpp"
#include "pipeline/records/parameters.hpp"

namespace bramble {

// Volumes that stages lend each other, all of one extent: three of the memory's four bytes a voxel,
// which bound the memory of an analysis.
struct WorkVolumes {
  explicit WorkVolumes(MemorySpace space)
      : restored(space), first(space), second(space), slices(space) {}
  void reshape(Extent extent, Spacing spacing);

  Volume<float> restored;  // from the restore stage to the end of the trace stage
  Volume<float> first;     // contents are lost from stage to stage
  Volume<float> second;
  Volume<float> slices;  // some slices: for smoothing in place
  // What the host reads of the three; unused on the CPU.
  Volume<float> on_host[3];
};

// The segment stage: what of the stack is neurite. Its excess over the background, in units of the
// noise, is filtered for tubes; where the response stands out of the noise and of its surround, and
// somewhere stands out well (hysteresis), there is one. Small objects are dropped, cavities filled.
// The unit of the response is its median where it is positive, which is what noise alone gives: so
// the thresholds mean the same in every stack, whatever its brightness, noise and background.
class SegmentStack {
 public:
  explicit SegmentStack(MemorySpace space);

  // `stack` in counts and its background in the space of `exec`. Uses `work.first` and
  // `work.second`; the foreground stays in `foreground()`.
  void run(const Exec& exec, CountsView stack, const PhotonScale& scale,
           const BackgroundField& background, const SegmentParameters& parameters,
           WorkVolumes& work);
  BitVolume& foreground() noexcept { return low_; }

 private:
  BitVolume low_;
  BitVolume high_;
  SelectComponentsScratch select_scratch_;
  FillCavitiesScratch fill_scratch_;
};

}  // namespace bramble
