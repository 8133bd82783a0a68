#include "pipeline/stack/trace_dendrites.hpp"

#include "kernels/core/interpolate.hpp"
#include "kernels/core/middle_value.hpp"
#include "pipeline/stack/polyline.hpp"
#include "pipeline/stack/shaft_profile.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {

namespace {

constexpr double profile_step_um = 0.05;
constexpr double profile_reach_um = 2.0;
constexpr double smallest_diameter_um = 0.2;
constexpr double ridge_reach_um = 0.3;
constexpr double brightness_median_um = 2.5;
constexpr double brightness_smoothing_um = 1.0;
constexpr double radius_median_um = 1.0;
constexpr double border_margin_um = 1.0;

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

// Distance from the axis at which the profile falls below half of its value there.
double half_width_um(VolumeView<const float> smoothed, Position at, Position direction) {
  const float half = 0.5f * interpolate(smoothed, at);
  float before = 2 * half;
  for (double u = profile_step_um; u <= profile_reach_um; u += profile_step_um) {
    const float value = interpolate(smoothed, at + direction * u);
    if (value < half) {
      return u - profile_step_um * static_cast<double>((half - value) / (before - value));
    }
    before = value;
  }
  return profile_reach_um;
}

double radius_um(VolumeView<const float> smoothed, Position at, Position normal,
                 double blur_fwhm_um) {
  const double fwhm_um =
      half_width_um(smoothed, at, normal) + half_width_um(smoothed, at, normal * -1.0);
  const double squared = fwhm_um * fwhm_um - blur_fwhm_um * blur_fwhm_um;
  return 0.5 * std::sqrt(std::max(squared, smallest_diameter_um * smallest_diameter_um));
}

bool near_border(Position p, VolumeView<const float> smoothed) {
  const Position far = position_of(
      {smoothed.extent.z - 1, smoothed.extent.y - 1, smoothed.extent.x - 1}, smoothed.spacing);
  return p.y_um < border_margin_um || p.x_um < border_margin_um ||
         p.y_um > far.y_um - border_margin_um || p.x_um > far.x_um - border_margin_um ||
         p.z_um < 0 || p.z_um > far.z_um;
}

void measure_nodes(VolumeView<const float> smoothed, const TraceDendritesParams& params,
                   Dendrite& dendrite) {
  const double step_um = params.centreline.step_um;
  const std::vector<Position> directions = tangents(dendrite.nodes, 3);
  std::vector<double> brightness;
  std::vector<double> radius;
  for (std::size_t i = 0; i < dendrite.nodes.size(); ++i) {
    const Position normal = in_plane_normal(directions[i]);
    brightness.push_back(ridge_brightness(smoothed, dendrite.nodes[i], normal));
    radius.push_back(radius_um(smoothed, dendrite.nodes[i], normal, params.blur_fwhm_um));
  }
  brightness = smooth_along(median_along(brightness, step_um, brightness_median_um), step_um,
                            brightness_smoothing_um);
  radius = median_along(radius, step_um, radius_median_um);
  dendrite.brightness_counts.assign(brightness.begin(), brightness.end());
  dendrite.radius_um.assign(radius.begin(), radius.end());
}

void summarise(VolumeView<const float> smoothed, const TraceDendritesParams& params,
               Dendrite& dendrite) {
  dendrite.length_um = polyline_length_um(dendrite.nodes);
  const auto usable = [&](std::size_t i) {
    return dendrite.brightness_counts[i] > params.min_usable_snr * params.noise_counts;
  };
  for (std::size_t i = 0; i + 1 < dendrite.nodes.size(); ++i) {
    if (usable(i) && usable(i + 1)) {
      dendrite.length_usable_um += distance_um(dendrite.nodes[i], dendrite.nodes[i + 1]);
    }
  }
  dendrite.diameter_um = 2 * middle_value(dendrite.radius_um);
  dendrite.snr = middle_value(dendrite.brightness_counts) / params.noise_counts;
  if (near_border(dendrite.nodes.front(), smoothed) ||
      near_border(dendrite.nodes.back(), smoothed)) {
    dendrite.flags = "leaves_volume";
  }
}

// A shaft of the skeleton with its centreline.
struct Neurite {
  const ShaftPath* shaft = nullptr;
  std::vector<Position> nodes;
};

std::vector<Neurite> fit_neurites(const std::vector<ShaftPath>& shafts,
                                  VolumeView<const float> ridge,
                                  const TraceDendritesParams& params) {
  std::vector<Neurite> neurites;
  for (const ShaftPath& shaft : shafts) {
    Neurite neurite{&shaft, fit_centreline(shaft.points, ridge, params.centreline)};
    if (polyline_length_um(neurite.nodes) >= params.min_length_um) {
      neurites.push_back(std::move(neurite));
    }
  }
  return neurites;
}

bool is_speck_chain(const Dendrite& dendrite, const TraceDendritesParams& params) {
  const double chord_um = distance_um(dendrite.nodes.front(), dendrite.nodes.back());
  return dendrite.length_um < params.max_speck_chain_um &&
         chord_um < params.min_straightness_ratio * dendrite.length_um;
}

void reverse(Dendrite& dendrite) { std::reverse(dendrite.nodes.begin(), dendrite.nodes.end()); }

int nearest_node(const Dendrite& dendrite, Position p) {
  int nearest = 0;
  for (std::size_t i = 1; i < dendrite.nodes.size(); ++i) {
    if (distance_um(dendrite.nodes[i], p) < distance_um(dendrite.nodes[nearest], p)) {
      nearest = static_cast<int>(i);
    }
  }
  return nearest;
}

// Does the shaft come by this node of the graph, at an end or in between?
bool passes(const ShaftPath& shaft, Position node) {
  return std::any_of(shaft.points.begin(), shaft.points.end(),
                     [&](Position p) { return p == node; });
}

// The first dendrite so far, all longer, that passes where an end of `shaft` lies; the end becomes
// the first node.
void attach(const std::vector<const ShaftPath*>& earlier, const std::vector<Dendrite>& dendrites,
            const ShaftPath& shaft, Dendrite& dendrite) {
  for (std::size_t k = 0; k < earlier.size(); ++k) {
    const bool at_first = passes(*earlier[k], shaft.points.front());
    if (!at_first && !passes(*earlier[k], shaft.points.back())) {
      continue;
    }
    if (!at_first) {
      reverse(dendrite);
    }
    dendrite.parent_dendrite = static_cast<int>(k);
    dendrite.parent_node = nearest_node(dendrites[k], dendrite.nodes.front());
    return;
  }
}

}  // namespace

std::vector<Dendrite> trace_dendrites(const std::vector<ShaftPath>& shafts,
                                      const TraceVolumes& volumes,
                                      const TraceDendritesParams& params) {
  const VolumeView<const float> smoothed = volumes.smoothed;
  std::vector<Neurite> neurites = fit_neurites(shafts, volumes.ridge, params);
  std::vector<ShaftProfile> profiles;
  for (const Neurite& neurite : neurites) {
    profiles.push_back(median_profile(smoothed, neurite.nodes));
  }
  const std::vector<bool> is_dendrite = find_dendrites(profiles, params.blur_fwhm_um);
  std::vector<Dendrite> dendrites;
  std::vector<const ShaftPath*> kept;
  for (std::size_t i = 0; i < neurites.size(); ++i) {
    if (!is_dendrite[i]) {
      continue;
    }
    Dendrite dendrite{.id = static_cast<int>(dendrites.size()),
                      .nodes = std::move(neurites[i].nodes)};
    attach(kept, dendrites, *neurites[i].shaft, dendrite);
    measure_nodes(smoothed, params, dendrite);
    summarise(smoothed, params, dendrite);
    if (dendrite.length_usable_um < params.min_length_um || is_speck_chain(dendrite, params)) {
      continue;
    }
    dendrites.push_back(std::move(dendrite));
    kept.push_back(neurites[i].shaft);
  }
  return dendrites;
}

}  // namespace bramble
