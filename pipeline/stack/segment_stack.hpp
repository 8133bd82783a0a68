#pragma once

#include "kernels/core/bit_volume.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/restore/background_field.hpp"
#include "kernels/restore/deconvolution.hpp"
#include "kernels/segment/fill_cavities.hpp"
#include "kernels/segment/select_components.hpp"
#include "pipeline/records/parameters.hpp"

namespace bramble {

// Volumes that stages lend each other, all in one space and of one extent; contents are lost from
// stage to stage.
struct WorkVolumes {
  explicit WorkVolumes(MemorySpace space)
      : restored(space), first(space), second(space), third(space), fourth(space) {}
  void reshape(Extent extent, Spacing spacing);

  Volume<float> restored;
  Volume<float> first;
  Volume<float> second;
  Volume<float> third;
  Volume<float> fourth;
};

// The segment stage: what of the stack is neurite. Its excess over the background, in units of the
// noise, is filtered for tubes; where the response stands out of the noise and of its surround, and
// somewhere stands out well (hysteresis), there is one. Small objects are dropped, cavities filled.
// The unit of the response is its median where it is positive, which is what noise alone gives: so
// the thresholds mean the same in every stack, whatever its brightness, noise and background.
class SegmentStack {
 public:
  explicit SegmentStack(MemorySpace space);

  // `stack` in counts and its background in the space of `exec`. Uses `work.first` to
  // `work.fourth`; the foreground stays in `foreground()`.
  void run(const Exec& exec, VolumeView<const float> stack, const PhotonScale& scale,
           const BackgroundField& background, const SegmentParameters& parameters,
           WorkVolumes& work);
  BitVolume& foreground() noexcept { return low_; }

 private:
  BitVolume low_;
  BitVolume high_;
  SelectComponentsScratch select_scratch_;
  FillCavitiesScratch fill_scratch_;
  Volume<float> host_buffer_;
};

}  // namespace bramble
