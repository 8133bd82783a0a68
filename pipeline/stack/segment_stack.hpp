#pragma once

#include "kernels/core/bit_volume.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"
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

// The segment stage: what of the restored stack is neurite. Smoothed in um, thresholded against the
// local mean and the noise with hysteresis, small objects dropped, cavities filled.
class SegmentStack {
 public:
  explicit SegmentStack(MemorySpace space);

  // Uses `work.first` to `work.third`. The foreground stays in `foreground()`.
  void run(const Exec& exec, const SegmentParameters& parameters, WorkVolumes& work);
  BitVolume& foreground() noexcept { return low_; }

 private:
  BitVolume low_;
  BitVolume high_;
  SelectComponentsScratch select_scratch_;
  FillCavitiesScratch fill_scratch_;
  Volume<float> host_buffer_;
};

}  // namespace bramble
