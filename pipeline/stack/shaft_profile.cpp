#include "pipeline/stack/shaft_profile.hpp"

#include "kernels/core/interpolate.hpp"
#include "kernels/core/middle_value.hpp"
#include "pipeline/stack/centreline.hpp"
#include "pipeline/stack/polyline.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {

namespace {

constexpr double step_um = 0.1;
constexpr int middle = 15;  // of the profile, which reaches 1.5 um to each side
constexpr int num_points = 2 * middle + 1;
constexpr int num_beside = 4;  // points at each end that give the level beside the shaft
constexpr int peak_reach = 3;  // points that the maximum may lie off the middle
constexpr int tangent_reach = 3;

// Where the profile falls to `half` on the way from `peak` in the direction `sign`, in points.
double points_to_half(const std::vector<double>& profile, int peak, int sign, double half) {
  for (int i = peak; i + sign >= 0 && i + sign < num_points; i += sign) {
    const double here = profile[static_cast<std::size_t>(i)];
    const double next = profile[static_cast<std::size_t>(i + sign)];
    if (next < half) {
      return std::abs(i - peak) + (here - half) / (here - next);
    }
  }
  return middle;
}

double level_beside(const std::vector<double>& profile) {
  double sum = 0;
  for (int i = 0; i < num_beside; ++i) {
    sum += profile[static_cast<std::size_t>(i)] +
           profile[static_cast<std::size_t>(num_points - 1 - i)];
  }
  return sum / (2 * num_beside);
}

// The width without its blur; blurs add in squares.
double resolved_width_um(const ShaftProfile& profile, double blur_fwhm_um) {
  return std::sqrt(
      std::max(0.0, profile.width_um * profile.width_um - blur_fwhm_um * blur_fwhm_um));
}

}  // namespace

ShaftProfile median_profile(VolumeView<const float> smoothed, const std::vector<Position>& nodes) {
  const std::vector<Position> directions = tangents(nodes, tangent_reach);
  std::vector<double> profile;
  for (int i = 0; i < num_points; ++i) {
    std::vector<float> values;
    for (std::size_t node = 0; node < nodes.size(); ++node) {
      const Position normal = in_plane_normal(directions[node]);
      values.push_back(interpolate(smoothed, nodes[node] + normal * (step_um * (i - middle))));
    }
    profile.push_back(static_cast<double>(middle_value(std::move(values))));
  }
  const auto first = profile.begin() + middle - peak_reach;
  const auto peak = std::max_element(first, first + 2 * peak_reach + 1);
  const double beside = level_beside(profile);
  const double half = (beside + *peak) / 2;
  const int at = static_cast<int>(peak - profile.begin());
  return {.contrast_counts = *peak - beside,
          .width_um = step_um * (points_to_half(profile, at, -1, half) +
                                 points_to_half(profile, at, 1, half))};
}

std::vector<bool> find_dendrites(const std::vector<ShaftProfile>& profiles, double blur_fwhm_um) {
  // Measured on synthetic axons and dendrites at 12 and 30 photons, with narrow and wide PSFs.
  constexpr double width_at_reference_um = 0.40;
  constexpr double reference_brightness = 0.3;
  constexpr double exponent = 0.25;
  double brightest = 0;
  for (const ShaftProfile& profile : profiles) {
    if (resolved_width_um(profile, blur_fwhm_um) >= width_at_reference_um) {
      brightest = std::max(brightest, profile.contrast_counts);
    }
  }
  std::vector<bool> is_dendrite;
  for (const ShaftProfile& profile : profiles) {
    const double brightness =
        brightest > 0 ? std::min(1.0, profile.contrast_counts / brightest) : 1;
    const double needed_um = width_at_reference_um *
                             std::pow(reference_brightness / std::max(brightness, 1e-6), exponent);
    is_dendrite.push_back(profile.contrast_counts > 0 &&
                          resolved_width_um(profile, blur_fwhm_um) >= needed_um);
  }
  return is_dendrite;
}

}  // namespace bramble
