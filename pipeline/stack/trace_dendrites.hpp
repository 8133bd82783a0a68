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
  double min_branch_length_um = 5.0;  // of those that branch off another one
  double blur_fwhm_um =
      0.45;  // in plane, of the PSF and the smoothing together: taken off the shaft's width
  double blur_fwhm_z_um = 1.9;  // ... and along z
  double min_usable_snr = 0.5;  // a dimmer stretch of shaft is not scored
  // In the plane of the image a path shorter than this goes somewhere, its ends at least the least
  // length and, where it stands alone, that part of its length apart; else it is a chain of specks.
  double max_speck_chain_um = 25.0;
  double min_straightness_ratio = 0.6;
  // A shaft that runs nearer than that beside a longer one over more than that part of its length
  // is the same one seen twice: slices had jumped, and nothing could be told apart there anyway.
  double double_distance_um = 1.3;
  double double_distance_z_um = 2.5;
  double double_frac = 0.6;
  float noise_counts = 1;  // of one voxel of the stack in the dark, before smoothing
};

// The stack as tracing reads it, on the host.
struct TraceVolumes {
  VolumeView<const float> smoothed;  // background-subtracted and smoothed a little, in counts
  VolumeView<const float> ridge;     // the restored stack: where centrelines are fitted
};

// Dendrites from the shafts of the skeleton: fitted centrelines (centreline.hpp), what they measure
// (measure_shaft.hpp), how they hang together and in what order (connect_dendrites.hpp), flags
// (dendrite_flags.hpp). Left out are shafts with less usable length than the minimum, thin ones
// (axons, dendrite_evidence), chains of specks and doubles. What branches off a dendrite may be
// thinner and shorter: specks and axons end on no shaft. The order of `shafts` does not matter.
std::vector<Dendrite> trace_dendrites(const std::vector<ShaftPath>& shafts,
                                      const TraceVolumes& volumes,
                                      const TraceDendritesParams& params);

}  // namespace bramble
