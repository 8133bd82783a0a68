#include "pipeline/stack/measure_spine.hpp"

#include "kernels/core/gaussian.hpp"
#include "kernels/core/interpolate.hpp"
#include "pipeline/stack/blurred_peak.hpp"
#include "pipeline/stack/classify_spine.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace bramble {

namespace {

constexpr double smallest_diameter_um = 0.2;
constexpr double largest_diameter_um = 1.5;
constexpr double thinnest_shaft_um = 0.3;

Blur blur_of(const MeasureParams& params, float smoothing_um) {
  return {
      .sigma_xy_um = std::hypot(params.psf_fwhm_xy_um / gaussian_fwhm_per_sigma, smoothing_um),
      .sigma_z_um = std::hypot(params.psf_fwhm_z_um / gaussian_fwhm_per_sigma, spine_sigma_z_um)};
}

// The place in the frame of the straightened stack.
Position straight_place(const SpineCandidate& candidate) {
  return {StraightGrid::half_axial * static_cast<double>(StraightGrid::axial_um) +
              candidate.shaft.axial_um,
          candidate.place.sample.y * static_cast<double>(StraightGrid::along_um),
          StraightGrid::half_across * static_cast<double>(StraightGrid::across_um) +
              candidate.shaft.lateral_um};
}

double head_diameter_um(double head_over_shaft, double shaft_diameter_um,
                        const MeasureParams& params) {
  // The shaft's brightness is read from the medium form.
  const double shaft_peak = blurred_cylinder_peak(std::max(shaft_diameter_um, thinnest_shaft_um),
                                                  blur_of(params, medium_sigma_um));
  return sphere_of_peak(head_over_shaft * shaft_peak, blur_of(params, fine_sigma_um),
                        smallest_diameter_um, largest_diameter_um);
}

}  // namespace

Spine measure_spine(const SpineCandidate& candidate, float probability, const ShaftIndex& shafts,
                    const SpineForms& forms, const MeasureParams& params) {
  const Dendrite& dendrite = shafts.dendrite(candidate.shaft.dendrite);
  const auto node = static_cast<std::size_t>(candidate.shaft.node);
  const float shaft = std::max(dendrite.brightness_counts[node], 1e-3f);
  const Position place = straight_place(candidate);
  const float fine = interpolate(forms.fine, place);
  const float excess = fine - interpolate(forms.model, place);
  const float blob_noise = forms.blob_noise_gain * forms.noise.at(interpolate(forms.medium, place));
  Spine spine{.dendrite = candidate.shaft.dendrite,
              .head = candidate.head,
              .base = dendrite.nodes[node],
              .path_um = candidate.shaft.path_um,
              .side = candidate.shaft.lateral_um < 0 ? -1 : 1};
  spine.head_diameter_um =
      static_cast<float>(head_diameter_um(excess / shaft, 2.0 * dendrite.radius_um[node], params));
  const double reach_um =
      std::hypot(candidate.shaft.lateral_um, candidate.shaft.axial_um) - dendrite.radius_um[node];
  spine.length_um = static_cast<float>(std::max(0.0, reach_um)) + 0.5f * spine.head_diameter_um;
  spine.neck_length_um = std::max(0.0f, spine.length_um - spine.head_diameter_um);
  spine.neck_diameter_um = std::numeric_limits<float>::quiet_NaN();
  spine.volume_um3 =
      static_cast<float>(std::numbers::pi) / 6 * std::pow(spine.head_diameter_um, 3.0f);
  spine.brightness_ratio = fine / shaft;
  spine.snr = interpolate(forms.blob, place) / blob_noise;
  spine.p_detect = probability;
  const ClassifiedSpine classified =
      classify_spine(spine.length_um, spine.head_diameter_um, spine.neck_length_um);
  spine.spine_class = classified.spine_class;
  spine.class_probability = classified.probability;
  return spine;
}

}  // namespace bramble
