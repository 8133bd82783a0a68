#include "pipeline/stack/shaft_profile.hpp"

#include "kernels/core/interpolate.hpp"
#include "kernels/core/middle_value.hpp"
#include "pipeline/stack/centreline.hpp"
#include "pipeline/stack/polyline.hpp"
#include "pipeline/stack/profile_width.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace bramble {

namespace {

constexpr double step_um = 0.1;
constexpr int middle = 15;  // of the profile, which reaches 1.5 um to each side
constexpr int num_points = 2 * middle + 1;
constexpr int tangent_reach = 3;
constexpr std::array<double, 3> beside_um{0.7, 0.9, 1.1};
constexpr double beside_smoothing_um = 0.25;
constexpr double middle_um = 0.2;  // the maximum of three points across is taken as the shaft
constexpr std::array<double, 3> level_um{0.9, 1.1, 1.3};
constexpr double contrast_smoothing_um = 0.3;

// Brightest of three heights 1 um apart, averaged over the distances beside the shaft: spines may
// point up or down a little.
double light_beside(VolumeView<const float> smoothed, Position node, Position normal) {
  double sum = 0;
  for (const double u_um : beside_um) {
    const Position at = node + normal * u_um;
    float brightest = interpolate(smoothed, at);
    for (const double up_um : {-1.0, 1.0}) {
      brightest = std::max(brightest, interpolate(smoothed, at + Position{up_um, 0, 0}));
    }
    sum += static_cast<double>(brightest);
  }
  return sum / static_cast<double>(beside_um.size());
}

double node_step_um(const std::vector<Position>& nodes) {
  return polyline_length_um(nodes) /
         static_cast<double>(std::max<std::size_t>(1, nodes.size() - 1));
}

struct Deciles {
  double first = 0;
  double median = 0;
  double ninth = 0;
};

Deciles deciles(std::vector<double> values) {
  std::ranges::sort(values);
  const auto decile = [&](std::size_t n) { return values[n * (values.size() - 1) / 10]; };
  return {decile(1), decile(5), decile(9)};
}

// The shaft's brightest of three points across less the mean level beside it.
double contrast_at(VolumeView<const float> smoothed, Position node, Position normal) {
  float shaft = interpolate(smoothed, node);
  double level = 0;
  for (const double side : {-1.0, 1.0}) {
    shaft = std::max(shaft, interpolate(smoothed, node + normal * (side * middle_um)));
    for (const double u_um : level_um) {
      level += static_cast<double>(interpolate(smoothed, node + normal * (side * u_um)));
    }
  }
  return static_cast<double>(shaft) - level / (2.0 * static_cast<double>(level_um.size()));
}

double beading(VolumeView<const float> smoothed, const std::vector<Position>& nodes,
               const std::vector<Position>& directions) {
  std::vector<double> along;
  for (std::size_t node = 0; node < nodes.size(); ++node) {
    along.push_back(contrast_at(smoothed, nodes[node], in_plane_normal(directions[node])));
  }
  const Deciles contrast = deciles(smooth_along(along, node_step_um(nodes), contrast_smoothing_um));
  return contrast.median > 0 ? (contrast.ninth - contrast.first) / contrast.median : 0;
}

// Of what lies beside the shaft on both sides: the ninth decile's distance from the median less
// the first decile's.
double skewness_beside(VolumeView<const float> smoothed, const std::vector<Position>& nodes,
                       const std::vector<Position>& directions) {
  std::vector<double> light;
  for (const double side : {-1.0, 1.0}) {
    std::vector<double> along;
    for (std::size_t node = 0; node < nodes.size(); ++node) {
      along.push_back(
          light_beside(smoothed, nodes[node], in_plane_normal(directions[node]) * side));
    }
    along = smooth_along(along, node_step_um(nodes), beside_smoothing_um);
    light.insert(light.end(), along.begin(), along.end());
  }
  const Deciles found = deciles(std::move(light));
  return found.ninth + found.first - 2 * found.median;
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
  const ProfileWidth width = profile_width(profile, step_um);
  const double contrast = width.contrast_counts;
  return {.contrast_counts = contrast,
          .width_um = width.width_um,
          .spine_light_ratio =
              contrast > 0 ? skewness_beside(smoothed, nodes, directions) / contrast : 0,
          .beading_ratio = beading(smoothed, nodes, directions)};
}

std::vector<double> dendrite_evidence(const std::vector<ShaftProfile>& profiles,
                                      double blur_fwhm_um) {
  // Measured on synthetic axons and dendrites at 12 and 30 photons, with narrow and wide PSFs.
  constexpr double width_at_reference_um = 0.40;
  constexpr double reference_brightness = 0.35;
  constexpr double brightness_exponent = 0.5;
  constexpr double reference_spine_light = 0.1;
  constexpr double most_spine_light = 0.2;
  constexpr double spine_light_weight = 2.5;
  constexpr double usual_beading = 0.6;
  constexpr double least_beading = 0.3;
  constexpr double most_beading = 1.5;
  constexpr double beading_weight = 0.3;
  double sum = 0;
  double sum_of_squares = 0;
  for (const ShaftProfile& profile : profiles) {
    const double contrast = std::max(0.0, profile.contrast_counts);
    sum += contrast;
    sum_of_squares += contrast * contrast;
  }
  const double typical = sum > 0 ? sum_of_squares / sum : 1;
  std::vector<double> evidence;
  for (const ShaftProfile& profile : profiles) {
    const double brightness = std::clamp(profile.contrast_counts / typical, 1e-6, 1.0);
    const double spine_light = std::clamp(profile.spine_light_ratio, 0.0, most_spine_light);
    const double beads = std::clamp(profile.beading_ratio, least_beading, most_beading);
    const double needed_um = width_at_reference_um *
                             std::pow(reference_brightness / brightness, brightness_exponent) *
                             std::exp(spine_light_weight * (reference_spine_light - spine_light) +
                                      beading_weight * (beads - usual_beading));
    evidence.push_back(
        profile.contrast_counts > 0 ? resolved_width_um(profile, blur_fwhm_um) / needed_um : 0);
  }
  return evidence;
}

}  // namespace bramble
