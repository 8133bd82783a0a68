#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/spine/spine_forms.hpp"

#include <array>
#include <string_view>

namespace bramble {

// A place in a straightened stack that may be the head of a spine.
struct EvidencePlace {
  Voxel sample;          // z: depth, y: station, x: across
  float depth_um = 0;    // of the head less that of the axis, between samples
  float lateral_um = 0;  // distance from the axis in plane, between samples
  float radius_um = 0;   // of the shaft there
  float margin_um = 0;   // how much farther the next other shaft is; negative when it is nearer
  float end_um = 0;      // along the shaft to its nearer end
};

// What is measured at a place, in this order. All of it relative to the brightness of the shaft
// ("_shaft"), to the fine value at the place ("_head"), to noise ("_noise") or in um: absolute grey
// levels do not carry over from one stack to the next. "out" points away from the shaft, "in"
// towards it, "along" to both sides along it: the larger and the smaller of the two values.
inline constexpr std::array<std::string_view, 81> evidence_names{"fine_shaft",
                                                                 "medium_shaft",
                                                                 "excess_noise",
                                                                 "excess_shaft",
                                                                 "excess_head",
                                                                 "model_shaft",
                                                                 "blob_shaft",
                                                                 "blob_head",
                                                                 "blob_noise",
                                                                 "lateral_um",
                                                                 "radius_um",
                                                                 "half_width_um",
                                                                 "beyond_edge_um",
                                                                 "depth_um",
                                                                 "abs_depth_um",
                                                                 "margin_um",
                                                                 "end_um",
                                                                 "log_shaft_noise",
                                                                 "neck_head",
                                                                 "neck_shaft",
                                                                 "neck_tilt_um",
                                                                 "out_300_head",
                                                                 "out_500_head",
                                                                 "out_800_head",
                                                                 "in_300_head",
                                                                 "in_500_head",
                                                                 "along_375_larger_head",
                                                                 "along_375_smaller_head",
                                                                 "along_750_larger_head",
                                                                 "along_750_smaller_head",
                                                                 "along_1125_larger_head",
                                                                 "along_1125_smaller_head",
                                                                 "out_along_larger_head",
                                                                 "out_along_smaller_head",
                                                                 "in_along_larger_head",
                                                                 "in_along_smaller_head",
                                                                 "mirror_difference_shaft",
                                                                 "mirror_head",
                                                                 "towards_1_head",
                                                                 "away_1_head",
                                                                 "towards_2_head",
                                                                 "away_2_head",
                                                                 "towards_3_head",
                                                                 "away_3_head",
                                                                 "depth_sum",
                                                                 "depth_centroid",
                                                                 "curvature_1_shaft",
                                                                 "curvature_2_shaft",
                                                                 "curvature_ratio",
                                                                 "curvature_along_shaft",
                                                                 "curvature_across_shaft",
                                                                 "fine_less_medium_shaft",
                                                                 "ring_400_head",
                                                                 "ring_700_head",
                                                                 "medium_less_ring_500_shaft",
                                                                 "medium_less_ring_800_shaft",
                                                                 "restored_shaft",
                                                                 "restored_excess_shaft",
                                                                 "restored_excess_head",
                                                                 "restored_neck_head",
                                                                 "restored_neck_shaft",
                                                                 "restored_out_300_head",
                                                                 "restored_out_500_head",
                                                                 "restored_in_300_head",
                                                                 "restored_along_375_larger_head",
                                                                 "restored_along_375_smaller_head",
                                                                 "restored_along_625_larger_head",
                                                                 "restored_along_625_smaller_head",
                                                                 "restored_depth_1_larger_head",
                                                                 "restored_depth_1_smaller_head",
                                                                 "restored_depth_2_larger_head",
                                                                 "restored_ring_400_head",
                                                                 "restored_ring_700_head",
                                                                 "bulge_um",
                                                                 "excess_sum_shaft",
                                                                 "excess_sum_noise",
                                                                 "excess_mean_shaft",
                                                                 "excess_along_500_larger",
                                                                 "excess_along_500_smaller",
                                                                 "excess_along_1000_larger",
                                                                 "excess_out_800"};
inline constexpr int num_evidence = static_cast<int>(evidence_names.size());

// Measures `num_evidence` values for each of `num_places` places, one place after the other into
// `evidence`. All pointers in the space of `exec`. Cost: some 500 reads a place.
void measure_evidence(const Exec& exec, const SpineForms& forms, const Station* stations,
                      const EvidencePlace* places, std::int64_t num_places, float* evidence);

}  // namespace bramble
