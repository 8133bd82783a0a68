#pragma once

#include "kernels/core/counts.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/memory.hpp"
#include "kernels/spine/spine_forms.hpp"
#include "pipeline/stack/noise_model.hpp"
#include "pipeline/stack/segment_stack.hpp"
#include "pipeline/stack/shaft_stations.hpp"
#include "pipeline/stack/spine_smoothing.hpp"

#include <array>

namespace bramble {

// Noise of a voxel that is left by a Gaussian of these standard deviations in plane and of
// spine_sigma_z_um in depth; and by the blob response at blob_sigma_um.
float smoothing_noise_gain(float sigma_um, Spacing spacing);
float blob_noise_gain(Spacing spacing);

// The forms of a stack that spines are found in (SpineForms), straightened along its shafts. Keeps
// its memory between stacks, eight volumes of 847 samples a station, 27 kB for each um of shaft.
class StraightStack {
 public:
  explicit StraightStack(MemorySpace space);

  // `work.first` holds the medium form of the whole stack and `work.restored` the restored stack,
  // smoothed; both, and `work.second`, are used up.
  void run(const Exec& exec, CountsView stack, const NoiseModel& noise, ShaftStations stations,
           WorkVolumes& work);

  const ShaftStations& shafts() const noexcept { return shafts_; }
  // In the space of run()'s `exec`.
  SpineForms forms() const noexcept { return forms_; }
  SpineForms forms_on_host() const noexcept { return on_host_; }
  const Station* stations() const noexcept { return stations_.data(); }
  // Work space of the forms' extent.
  Volume<float>& scratch() noexcept { return scratch_; }

 private:
  void straighten_into(const Exec& exec, VolumeView<const float> stack, Volume<float>& straight);
  void upload_stations(const Exec& exec);

  ShaftStations shafts_;
  Array<Station> stations_;
  Volume<float> fine_;
  Volume<float> medium_;
  Volume<float> blob_;
  Volume<float> restored_;
  Volume<float> model_;
  Volume<float> restored_model_;
  Volume<float> excess_;
  Volume<float> scratch_;
  SpineForms forms_;
  SpineForms on_host_;
  std::array<Volume<float>, 7> host_buffers_;  // unused on the CPU
};

}  // namespace bramble
