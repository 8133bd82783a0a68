#pragma once

#include "pipeline/stack/spine_candidates.hpp"

namespace bramble {

// What tells a spine from a bump of the shaft, a speck or noise. All relative to the local shaft or
// to the noise: absolute grey levels do not carry over from one stack to the next. h: fine value at
// the head.
struct SpineFeatures {
  float blob_over_head = 0;   // blob response / h
  float blob_snr = 0;         // blob response in units of its noise
  float head_over_shaft = 0;  // h / brightness of the shaft
  float beyond_edge_um = 0;   // lateral distance from the shaft's half-maximum edge
  float axial_offset_um = 0;  // |z of head - z of shaft|
  float above_below_over_head =
      0;  // mean medium value 2 um above and below / medium at the head: tall is out of focus
  float neck_over_head =
      0;  // least fine value on the brightest straight way to the shaft / h, at most 1
  float outward_over_head = 0;  // fine value half a um farther out / h
  float beside_over_head = 0;   // larger fine value 0.4 um to both sides along the shaft / h
};

// Noise of the blob response per noise of a voxel.
float blob_noise_gain(Spacing spacing);

SpineFeatures measure_features(const SpineCandidate& candidate, const ShaftIndex& shafts,
                               const SpineVolumes& volumes, const NoiseModel& noise);

}  // namespace bramble
