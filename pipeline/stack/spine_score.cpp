#include "pipeline/stack/spine_score.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {

namespace {

// Weights of the fit, in the order of the sum below.
constexpr float bias = -2.7390f;
constexpr float weight_blob_over_head = 3.5871f;
constexpr float weight_log_blob_snr = 1.5894f;
constexpr float weight_log_head_over_shaft = 1.1467f;
constexpr float weight_beyond_edge = 1.0355f;
constexpr float weight_beyond_edge_squared = -0.4609f;
constexpr float weight_axial_offset_squared = -0.2272f;
constexpr float weight_above_below_over_head = -1.3510f;
constexpr float weight_neck_over_head = 2.6976f;
constexpr float weight_outward_over_head = -5.0610f;
constexpr float weight_beside_over_head = -1.6475f;

// Limits of what the fit has seen.
constexpr float least_blob_snr = 0.1f;
constexpr float least_head_over_shaft = 0.01f;
constexpr float largest_ratio_to_head = 2.0f;

}  // namespace

float spine_probability(const SpineFeatures& f) {
  const float evidence =
      bias + weight_blob_over_head * f.blob_over_head +
      weight_log_blob_snr * std::log(std::max(f.blob_snr, least_blob_snr)) +
      weight_log_head_over_shaft * std::log(std::max(f.head_over_shaft, least_head_over_shaft)) +
      weight_beyond_edge * f.beyond_edge_um +
      weight_beyond_edge_squared * f.beyond_edge_um * f.beyond_edge_um +
      weight_axial_offset_squared * f.axial_offset_um * f.axial_offset_um +
      weight_above_below_over_head * f.above_below_over_head +
      weight_neck_over_head * f.neck_over_head +
      weight_outward_over_head * std::clamp(f.outward_over_head, 0.0f, largest_ratio_to_head) +
      weight_beside_over_head * std::clamp(f.beside_over_head, 0.0f, largest_ratio_to_head);
  return 1 / (1 + std::exp(-evidence));
}

}  // namespace bramble
