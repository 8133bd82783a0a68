#include "pipeline/stack/spine_features.hpp"

#include "kernels/core/interpolate.hpp"
#include "pipeline/stack/centreline.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bramble {

namespace {

constexpr double outward_step_um = 0.5;
constexpr double beside_step_um = 0.4;
constexpr double axial_step_um = 2.0;
constexpr int neck_samples = 12;
constexpr double neck_base_step_um = 0.5;  // bases at -1, -0.5, 0, 0.5 and 1 um along the shaft
constexpr int neck_bases = 2;              // to each side
constexpr float least_head_counts = 1.0f;

// Directions at the candidate: from the axis out to the head, and along the shaft, both in plane.
struct Frame {
  Position axis;
  Position outward;
  Position along;
};

Frame frame_of(const SpineCandidate& candidate, const ShaftIndex& shafts) {
  const Position axis = shafts.dendrite(candidate.shaft.dendrite).nodes[candidate.shaft.node];
  const Position across{0, candidate.head.y_um - axis.y_um, candidate.head.x_um - axis.x_um};
  const double length = length_um(across);
  const Position outward = length > 0 ? across * (1 / length) : Position{0, 0, 1};
  return {axis, outward, in_plane_normal(outward)};
}

// The brightest of several straight ways from the head to the axis, by its least value.
float neck_value(VolumeView<const float> fine, Position head, const Frame& frame) {
  float best = 0;
  for (int base = -neck_bases; base <= neck_bases; ++base) {
    const Position end = frame.axis + frame.along * (base * neck_base_step_um);
    float least = interpolate(fine, head);
    for (int i = 1; i <= neck_samples; ++i) {
      least = std::min(
          least, interpolate(fine, head + (end - head) * (static_cast<double>(i) / neck_samples)));
    }
    best = std::max(best, least);
  }
  return best;
}

}  // namespace

float blob_noise_gain(Spacing spacing) {
  // The Laplacian of a Gaussian has the squared norm 1 / (2 pi sigma^2) in plane,
  // the smoothing in z 1 / (2 sqrt(pi) sigma), with sigma in voxels.
  const double plane =
      2 * std::numbers::pi * blob_sigma_um / spacing.y_um * blob_sigma_um / spacing.x_um;
  const double axial =
      std::max(1.0, 2 * std::sqrt(std::numbers::pi) * spine_sigma_z_um / spacing.z_um);
  return static_cast<float>(1 / std::sqrt(plane * axial));
}

SpineFeatures measure_features(const SpineCandidate& candidate, const ShaftIndex& shafts,
                               const SpineVolumes& volumes, const NoiseModel& noise) {
  const Dendrite& dendrite = shafts.dendrite(candidate.shaft.dendrite);
  const Frame frame = frame_of(candidate, shafts);
  const Position head = candidate.head;
  const float shaft = std::max(dendrite.brightness_counts[candidate.shaft.node], least_head_counts);
  const float fine = std::max(interpolate(volumes.fine, head), least_head_counts);
  const float medium = std::max(interpolate(volumes.medium, head), least_head_counts);
  const float blob = interpolate(volumes.blob, head);
  const float blob_noise =
      blob_noise_gain(volumes.blob.spacing) * noise.noise_counts(noise.background_counts + medium);
  const Position up{axial_step_um, 0, 0};
  const float beside = std::max(interpolate(volumes.fine, head + frame.along * beside_step_um),
                                interpolate(volumes.fine, head - frame.along * beside_step_um));
  return {
      .blob_over_head = blob / fine,
      .blob_snr = blob / blob_noise,
      .head_over_shaft = fine / shaft,
      .beyond_edge_um = static_cast<float>(std::abs(candidate.shaft.lateral_um)) -
                        dendrite.radius_um[candidate.shaft.node],
      .axial_offset_um = static_cast<float>(std::abs(candidate.shaft.axial_um)),
      .above_below_over_head =
          0.5f * (interpolate(volumes.medium, head + up) + interpolate(volumes.medium, head - up)) /
          medium,
      .neck_over_head = std::min(1.0f, neck_value(volumes.fine, head, frame) / fine),
      .outward_over_head = interpolate(volumes.fine, head + frame.outward * outward_step_um) / fine,
      .beside_over_head = beside / fine,
  };
}

}  // namespace bramble
