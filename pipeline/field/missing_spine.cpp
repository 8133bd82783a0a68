#include "pipeline/field/missing_spine.hpp"

#include "pipeline/field/median.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>

namespace bramble {

namespace {

constexpr double trace_margin_um = 0.5;
constexpr double border_margin_um = 0.5;
constexpr double least_shaft_contrast = 5;
constexpr double least_spine_snr = 3;

double mean_base_path_um(const SpineTrack& track) {
  double total_um = 0;
  for (const PlacedSpine& sighting : track.sightings) {
    total_um += sighting.base_path_um;
  }
  return total_um / static_cast<double>(track.sightings.size());
}

const Spine& spine_of(const AlignedField& field, const PlacedSpine& sighting) {
  return field.stacks[static_cast<std::size_t>(sighting.session)]
      ->spines[static_cast<std::size_t>(sighting.spine)];
}

// From base to head, the mean over the sightings.
Position mean_reach(const AlignedField& field, const SpineTrack& track) {
  Position total;
  for (const PlacedSpine& sighting : track.sightings) {
    const Spine& spine = spine_of(field, sighting);
    total = total + (spine.head - spine.base);
  }
  return total * (1 / static_cast<double>(track.sightings.size()));
}

// The place of a path position in the session's own frame: on its own dendrite where that is
// traced, else on the shaft.
Position place_on_shaft(const AlignedField& field, const ShaftSession& there, double path_um) {
  const auto session = static_cast<std::size_t>(there.session);
  const Centreline& shaft = field.shafts.lines[static_cast<std::size_t>(there.shaft)];
  const double own_path_um = there.alignment.path.apply(path_um);
  const SessionTransform& transform = field.alignments[session].transform;
  if (there.traced.nodes.empty()) {
    return transform.to_session(shaft.at(own_path_um));
  }
  const TracedNode& node = nearest_node(there.traced, path_um);
  const Position nearest =
      field.lines[session][static_cast<std::size_t>(node.dendrite)].nodes()[node.node];
  return transform.to_session(nearest + shaft.direction(own_path_um) * (path_um - node.path_um));
}

bool is_traced(const TracedShaft& traced, double path_um) {
  return std::any_of(traced.windows.begin(), traced.windows.end(),
                     [path_um](const PathWindow& window) {
                       return path_um >= window.low_um + trace_margin_um &&
                              path_um <= window.high_um - trace_margin_um;
                     });
}

bool is_inside(const Acquisition& acquisition, Position p) {
  const auto within = [](double value_um, int size, float spacing_um, double margin_um) {
    return value_um >= margin_um &&
           value_um <= (size - 1) * static_cast<double>(spacing_um) - margin_um;
  };
  const Extent extent = acquisition.extent;
  const Spacing spacing = acquisition.spacing;
  return within(p.z_um, extent.z, spacing.z_um, static_cast<double>(spacing.z_um)) &&
         within(p.y_um, extent.y, spacing.y_um, border_margin_um) &&
         within(p.x_um, extent.x, spacing.x_um, border_margin_um);
}

// The brightness of the shaft over the noise of the stack; nothing where one of them is unknown.
std::optional<double> shaft_contrast(const StackResult& stack, std::size_t dendrite,
                                     std::size_t node) {
  const std::vector<float>& brightness = stack.dendrites[dendrite].brightness_counts;
  if (node >= brightness.size() || !(stack.quality.noise_counts > 0)) {
    return std::nullopt;
  }
  return static_cast<double>(brightness[node]) / static_cast<double>(stack.quality.noise_counts);
}

// The contrast where a spine was seen: at the node nearest to its base.
std::optional<double> contrast_at(const AlignedField& field, const PlacedSpine& sighting) {
  const auto session = static_cast<std::size_t>(sighting.session);
  const StackResult& stack = *field.stacks[session];
  const Spine& spine = spine_of(field, sighting);
  for (std::size_t dendrite = 0; dendrite < stack.dendrites.size(); ++dendrite) {
    const std::vector<Position>& nodes = stack.dendrites[dendrite].nodes;
    if (stack.dendrites[dendrite].id == spine.dendrite) {
      const auto nearest =
          std::min_element(nodes.begin(), nodes.end(), [&spine](Position a, Position b) {
            return distance_um(a, spine.base) < distance_um(b, spine.base);
          });
      return shaft_contrast(stack, dendrite, static_cast<std::size_t>(nearest - nodes.begin()));
    }
  }
  return std::nullopt;
}

bool is_dim(const AlignedField& field, const ShaftSession& there, const SpineTrack& track,
            double path_um) {
  const TracedNode& node = nearest_node(there.traced, path_um);
  const StackResult& stack = *field.stacks[static_cast<std::size_t>(there.session)];
  const std::optional<double> contrast =
      shaft_contrast(stack, static_cast<std::size_t>(node.dendrite), node.node);
  if (!contrast) {
    return false;
  }
  if (*contrast < least_shaft_contrast) {
    return true;
  }
  std::vector<double> predicted_snr;
  std::vector<double> dimming;
  for (const PlacedSpine& sighting : track.sightings) {
    const std::optional<double> seen_at = contrast_at(field, sighting);
    const double snr = static_cast<double>(spine_of(field, sighting).snr);
    if (seen_at && *seen_at > 0 && snr > 0) {
      predicted_snr.push_back(snr * *contrast / *seen_at);
      dimming.push_back(*contrast / *seen_at);
    }
  }
  return !predicted_snr.empty() && median(dimming) < 1 && median(predicted_snr) < least_spine_snr;
}

Spine unmeasured_spine() {
  constexpr float unknown = std::numeric_limits<float>::quiet_NaN();
  Spine spine;
  spine.id = -1;
  spine.dendrite = -1;
  spine.length_um = unknown;
  spine.head_diameter_um = unknown;
  spine.neck_length_um = unknown;
  spine.neck_diameter_um = unknown;
  spine.volume_um3 = unknown;
  spine.brightness_ratio = unknown;
  spine.class_probability = unknown;
  spine.snr = unknown;
  spine.p_detect = unknown;
  return spine;
}

}  // namespace

MissingSpine assess_missing(const AlignedField& field, const ShaftSession& there,
                            const SpineTrack& track) {
  const double path_um = mean_base_path_um(track);
  const StackResult& stack = *field.stacks[static_cast<std::size_t>(there.session)];
  MissingSpine missing{.state = SpineState::not_assessable, .spine = unmeasured_spine()};
  missing.spine.path_um = path_um;
  missing.spine.base = place_on_shaft(field, there, path_um);
  missing.spine.head = missing.spine.base + mean_reach(field, track);
  missing.spine.side = spine_of(field, track.sightings.front()).side;
  if (!is_inside(stack.acquisition, missing.spine.base) ||
      !is_inside(stack.acquisition, missing.spine.head)) {
    missing.spine.flags = "outside";
    return missing;
  }
  if (!is_traced(there.traced, path_um)) {
    missing.spine.flags = "not_traced";
    return missing;
  }
  const TracedNode& node = nearest_node(there.traced, path_um);
  missing.spine.dendrite = stack.dendrites[static_cast<std::size_t>(node.dendrite)].id;
  if (is_dim(field, there, track, path_um)) {
    missing.spine.flags = "dim";
    return missing;
  }
  missing.state = SpineState::absent;
  return missing;
}

}  // namespace bramble
