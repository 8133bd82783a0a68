#pragma once

#include "pipeline/records/spine.hpp"
#include "pipeline/stack/measure_spine.hpp"
#include "pipeline/stack/spine_candidates.hpp"
#include "pipeline/stack/suppress_duplicates.hpp"

#include <vector>

namespace bramble {

struct DetectParams {
  CandidateParams candidates;
  DuplicateParams duplicates;
  MeasureParams measure;
  float keep_probability = 0.1f;
  // A blob response below this many units of its noise is no candidate: along one dendrite there
  // are hundreds of places where noise alone reaches three.
  float least_blob_snr = 4.0f;
};

// The spines of one stack: candidates near a shaft, scored by how they stand out against shaft,
// surround and noise, one per protrusion, measured. Ids by dendrite, then path position. `maxima`:
// voxels of the blob response's local maxima.
std::vector<Spine> detect_spines(const std::vector<Voxel>& maxima, const std::vector<Spur>& spurs,
                                 const ShaftIndex& shafts, const SpineVolumes& volumes,
                                 const NoiseModel& noise, const DetectParams& params);

}  // namespace bramble
