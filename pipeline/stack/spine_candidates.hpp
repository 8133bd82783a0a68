#pragma once

#include "pipeline/stack/noise_model.hpp"
#include "pipeline/stack/prune_spurs.hpp"
#include "pipeline/stack/shaft_index.hpp"
#include "pipeline/stack/spine_volumes.hpp"

#include <vector>

namespace bramble {

// A place beside a shaft that may be the head of a spine.
struct SpineCandidate {
  Position head;
  ShaftPoint shaft;
};

struct CandidateParams {
  double least_lateral_um = 0.35;  // nearer to the axis it is shaft
  double max_lateral_um = 3.6;
  double max_axial_um = 5.0;
  float least_contrast = 0.04f;  // blob response over the brightness of the shaft
};

// Candidates from two cues at low thresholds: maxima of the blob response (`maxima`, in voxels),
// and tips of the skeleton's spurs where no maximum is near. Only what belongs to a shaft of
// `shafts`; ordered by dendrite, then path, then depth.
std::vector<SpineCandidate> gather_candidates(const std::vector<Voxel>& maxima,
                                              const std::vector<Spur>& spurs,
                                              const ShaftIndex& shafts, const SpineVolumes& volumes,
                                              const CandidateParams& params);

}  // namespace bramble
