#include "pipeline/stack/measure_shaft.hpp"

#include "kernels/core/gaussian.hpp"
#include "kernels/core/interpolate.hpp"
#include "kernels/core/middle_value.hpp"
#include "pipeline/records/flags.hpp"
#include "pipeline/records/identity.hpp"
#include "pipeline/stack/centreline.hpp"
#include "pipeline/stack/dendrite_flags.hpp"
#include "pipeline/stack/polyline.hpp"
#include "pipeline/stack/profile_width.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <utility>

namespace bramble {

namespace {

constexpr int tangent_reach = 3;
constexpr double ridge_reach_um = 0.3;
constexpr double brightness_median_um = 2.5;
constexpr double brightness_smoothing_um = 1.0;
constexpr double profile_step_um = 0.1;
constexpr int profile_reach = 20;  // steps to each side
constexpr double profile_median_um = 1.0;
constexpr double smallest_diameter_um = 0.2;

// Brightest value within a fraction of a um of the axis and one slice up and down.
double ridge_brightness(VolumeView<const float> smoothed, Position at, Position normal) {
  float brightest = 0;
  for (int slice = -1; slice <= 1; ++slice) {
    for (double u = -ridge_reach_um; u <= ridge_reach_um; u += ridge_reach_um / 3) {
      const Position p =
          at + normal * u + Position{slice * static_cast<double>(smoothed.spacing.z_um), 0, 0};
      brightest = std::max(brightest, interpolate(smoothed, p));
    }
  }
  return brightest;
}

// Reading between voxels blurs: linear interpolation is on average a convolution with a triangle,
// whose variance is a sixth of the squared spacing.
double with_interpolation(double fwhm_um, double spacing_um) {
  return std::hypot(fwhm_um, gaussian_fwhm_per_sigma * spacing_um / std::sqrt(6.0));
}

BlurWidths with_interpolation(BlurWidths blur, Spacing spacing) {
  return {.xy_um = with_interpolation(blur.xy_um, static_cast<double>(spacing.x_um)),
          .z_um = with_interpolation(blur.z_um, static_cast<double>(spacing.z_um))};
}

using Profile = std::vector<float>;

Profile profile_across(VolumeView<const float> smoothed, Position at, Position normal) {
  Profile values;
  for (int i = -profile_reach; i <= profile_reach; ++i) {
    values.push_back(interpolate(smoothed, at + normal * (profile_step_um * i)));
  }
  return values;
}

// Point by point the lower quartile of a run of nodes: more than a quarter of them may have a spine
// at one place beside them.
std::vector<double> bare_profile(std::vector<Profile>::const_iterator first,
                                 std::vector<Profile>::const_iterator end) {
  std::vector<double> quartiles;
  for (std::size_t point = 0; point < first->size(); ++point) {
    std::vector<float> values;
    for (auto profile = first; profile != end; ++profile) {
      values.push_back((*profile)[point]);
    }
    const auto quartile = values.begin() + std::ssize(values) / 4;
    std::nth_element(values.begin(), quartile, values.end());
    quartiles.push_back(static_cast<double>(*quartile));
  }
  return quartiles;
}

}  // namespace

MeasureShaft::MeasureShaft(VolumeView<const float> smoothed, const MeasureShaftParams& params)
    : smoothed_(smoothed),
      params_(params),
      cylinder_(with_interpolation(params.blur, smoothed.spacing)) {}

void MeasureShaft::measure(Dendrite& dendrite) const {
  const std::vector<Position>& nodes = dendrite.nodes;
  const double step_um = params_.step_um;
  const std::vector<double> brightness = brightness_along(nodes);
  const std::vector<double> diameter = diameter_along(nodes);
  const std::vector<double> smooth_brightness = smooth_along(
      median_along(brightness, step_um, brightness_median_um), step_um, brightness_smoothing_um);
  dendrite.brightness_counts.assign(smooth_brightness.begin(), smooth_brightness.end());
  dendrite.radius_um.clear();
  for (const double width_um : median_along(diameter, step_um, profile_median_um)) {
    dendrite.radius_um.push_back(static_cast<float>(width_um / 2));
  }

  dendrite.length_um = polyline_length_um(nodes);
  dendrite.length_2d_um = polyline_length_um(in_plane(nodes));
  const double chord_um = distance_um(nodes.front(), nodes.back());
  dendrite.tortuosity = chord_um > 0 ? dendrite.length_um / chord_um : not_available;
  dendrite.length_usable_um = usable_length_um(dendrite);
  dendrite.diameter_um = 2 * middle_value(dendrite.radius_um);
  dendrite.mean_diameter_um = static_cast<float>(
      2 * std::accumulate(dendrite.radius_um.begin(), dendrite.radius_um.end(), 0.0) /
      static_cast<double>(nodes.size()));
  dendrite.snr = middle_value(dendrite.brightness_counts) / params_.noise_counts;
  if (leaves_volume(dendrite, smoothed_.extent, smoothed_.spacing)) {
    dendrite.flags = with_flag(dendrite.flags, "leaves_volume");
  }
  if (is_beaded(diameter, brightness, step_um)) {
    dendrite.flags = with_flag(dendrite.flags, "beaded");
  }
}

std::vector<double> MeasureShaft::brightness_along(const std::vector<Position>& nodes) const {
  const std::vector<Position> directions = tangents(nodes, tangent_reach);
  std::vector<double> brightness;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    brightness.push_back(ridge_brightness(smoothed_, nodes[i], in_plane_normal(directions[i])));
  }
  return brightness;
}

std::vector<double> MeasureShaft::diameter_along(const std::vector<Position>& nodes) const {
  const std::vector<Position> directions = tangents(nodes, tangent_reach);
  std::vector<Profile> profiles;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    profiles.push_back(profile_across(smoothed_, nodes[i], in_plane_normal(directions[i])));
  }
  const std::ptrdiff_t reach = std::lround(profile_median_um / params_.step_um);
  const std::ptrdiff_t last = std::ssize(nodes) - 1;
  std::vector<double> diameters;
  for (std::ptrdiff_t i = 0; i <= last; ++i) {
    const std::vector<double> profile =
        bare_profile(profiles.begin() + std::max<std::ptrdiff_t>(0, i - reach),
                     profiles.begin() + std::min(last, i + reach) + 1);
    diameters.push_back(
        std::max(smallest_diameter_um,
                 cylinder_.diameter_um(profile_width(profile, profile_step_um).narrow_width_um)));
  }
  return diameters;
}

double MeasureShaft::usable_length_um(const Dendrite& dendrite) const {
  const double least_counts = params_.min_usable_snr * static_cast<double>(params_.noise_counts);
  const auto is_usable = [&](std::size_t i) {
    return static_cast<double>(dendrite.brightness_counts[i]) > least_counts &&
           is_inside(dendrite.nodes[i]);
  };
  double length_um = 0;
  for (std::size_t i = 0; i + 1 < dendrite.nodes.size(); ++i) {
    if (is_usable(i) && is_usable(i + 1)) {
      length_um += distance_um(dendrite.nodes[i], dendrite.nodes[i + 1]);
    }
  }
  return length_um;
}

bool MeasureShaft::is_inside(Position node) const {
  const Extent extent = smoothed_.extent;
  const Position far = position_of({extent.z - 1, extent.y - 1, extent.x - 1}, smoothed_.spacing);
  const double half_slice_um = static_cast<double>(smoothed_.spacing.z_um) / 2;
  const bool in_plane =
      node.y_um >= 0 && node.x_um >= 0 && node.y_um <= far.y_um && node.x_um <= far.x_um;
  const bool in_depth =
      extent.z == 1 || (node.z_um >= half_slice_um && node.z_um <= far.z_um - half_slice_um);
  return in_plane && in_depth;
}

}  // namespace bramble
