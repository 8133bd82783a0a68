#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/records/dendrite.hpp"
#include "pipeline/stack/centreline.hpp"
#include "pipeline/stack/join_branches.hpp"
#include "pipeline/stack/noise_model.hpp"

#include <vector>

namespace bramble {

struct TraceDendritesParams {
  CentrelineParams centreline;
  double min_length_um = 10.0;
  double blur_fwhm_um =
      0.45;  // in plane, of the PSF and the smoothing together: taken off the shaft's width
  double min_usable_snr = 0.5;  // a dimmer stretch of shaft is not scored
  // A path shorter than this whose ends lie nearer than that part of its length is a chain of
  // specks.
  double max_speck_chain_um = 25.0;
  double min_straightness_ratio = 0.75;
  float noise_counts = 1;  // of one voxel of the stack in the dark, before smoothing
};

// The stack as tracing reads it, on the host.
struct TraceVolumes {
  VolumeView<const float> smoothed;  // background-subtracted and smoothed a little, in counts
  VolumeView<const float> ridge;     // the restored stack: where centrelines are fitted
};

// Dendrites from the shafts of the skeleton: fitted centreline, brightness and radius per node,
// lengths, flags; what branches off another one knows its parent. Ids follow the order of `shafts`;
// shafts with less usable length than the minimum, thin ones (axons, find_dendrites), and chains of
// specks are left out.
std::vector<Dendrite> trace_dendrites(const std::vector<ShaftPath>& shafts,
                                      const TraceVolumes& volumes,
                                      const TraceDendritesParams& params);

}  // namespace bramble
