#include "pipeline/stack/measure_spine.hpp"

#include "kernels/core/gaussian.hpp"
#include "kernels/core/interpolate.hpp"
#include "pipeline/stack/centreline.hpp"
#include "pipeline/stack/classify_spine.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace bramble {

namespace {

constexpr double profile_step_um = 0.03;
constexpr double profile_reach_um = 1.2;
constexpr double smallest_diameter_um = 0.2;
constexpr double largest_diameter_um = 2.0;

// Distance from the head at which the profile falls to half of the head's value, or to its first
// minimum before that.
double half_width_um(VolumeView<const float> fine, Position head, Position direction) {
  const float half = 0.5f * interpolate(fine, head);
  float before = 2 * half;
  for (double u = profile_step_um; u <= profile_reach_um; u += profile_step_um) {
    const float value = interpolate(fine, head + direction * u);
    if (value < half || value > before) {
      return u - 0.5 * profile_step_um;
    }
    before = value;
  }
  return profile_reach_um;
}

float head_diameter_um(const SpineCandidate& candidate, Position along, const SpineVolumes& volumes,
                       const MeasureParams& params) {
  const double fwhm_um = half_width_um(volumes.fine, candidate.head, along) +
                         half_width_um(volumes.fine, candidate.head, along * -1.0);
  const double smoothing_um = gaussian_fwhm_per_sigma * fine_sigma_um;
  const double blur_um = std::hypot(static_cast<double>(params.psf_fwhm_xy_um), smoothing_um);
  return static_cast<float>(sphere_diameter_um(fwhm_um, blur_um));
}

}  // namespace

double sphere_diameter_um(double fwhm_um, double psf_fwhm_xy_um) {
  // A parabola through the rows of the table, in units of the PSF's width: d / w = 1.86 q - 0.225
  // q^2 with q^2 = (fwhm / w)^2 - 1; within 3 % of every row from 0.3 to 1.2 um.
  const double ratio = fwhm_um / psf_fwhm_xy_um;
  const double q = std::sqrt(std::max(0.0, ratio * ratio - 1));
  return std::clamp(psf_fwhm_xy_um * (1.86 * q - 0.225 * q * q), smallest_diameter_um,
                    largest_diameter_um);
}

Spine measure_spine(const SpineCandidate& candidate, const SpineFeatures& features,
                    float probability, const ShaftIndex& shafts, const SpineVolumes& volumes,
                    const MeasureParams& params) {
  const Dendrite& dendrite = shafts.dendrite(candidate.shaft.dendrite);
  const Position base = dendrite.nodes[candidate.shaft.node];
  const Position across{0, candidate.head.y_um - base.y_um, candidate.head.x_um - base.x_um};
  Spine spine{.dendrite = candidate.shaft.dendrite,
              .head = candidate.head,
              .base = base,
              .path_um = candidate.shaft.path_um,
              .side = candidate.shaft.lateral_um < 0 ? -1 : 1};
  spine.head_diameter_um = head_diameter_um(candidate, in_plane_normal(across), volumes, params);
  const double axial_um = 0.5 * candidate.shaft.axial_um;
  const double reach_um =
      std::hypot(candidate.shaft.lateral_um, axial_um) - dendrite.radius_um[candidate.shaft.node];
  spine.length_um = static_cast<float>(std::max(0.0, reach_um)) + 0.5f * spine.head_diameter_um;
  spine.neck_length_um = std::max(0.0f, spine.length_um - spine.head_diameter_um);
  spine.neck_diameter_um = std::numeric_limits<float>::quiet_NaN();
  spine.volume_um3 =
      static_cast<float>(std::numbers::pi) / 6 * std::pow(spine.head_diameter_um, 3.0f);
  spine.brightness_ratio = features.head_over_shaft;
  spine.snr = features.blob_snr;
  spine.p_detect = probability;
  const ClassifiedSpine classified =
      classify_spine(spine.length_um, spine.head_diameter_um, spine.neck_length_um);
  spine.spine_class = classified.spine_class;
  spine.class_probability = classified.probability;
  return spine;
}

}  // namespace bramble
