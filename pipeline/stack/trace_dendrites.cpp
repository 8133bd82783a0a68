#include "pipeline/stack/trace_dendrites.hpp"

#include "pipeline/stack/connect_dendrites.hpp"
#include "pipeline/stack/dendrite_flags.hpp"
#include "pipeline/stack/measure_shaft.hpp"
#include "pipeline/stack/polyline.hpp"
#include "pipeline/stack/shaft_profile.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace bramble {

namespace {

// A branch needs that much less evidence of being a dendrite than what stands alone.
constexpr double branch_evidence = 0.8;

// A shaft with its centreline, and what speaks for its being a dendrite.
struct Neurite {
  TracedDendrite traced;
  double length_um = 0;
  double length_2d_um = 0;  // in the plane of the image, where the PSF draws nothing out
  double chord_2d_um = 0;   // from end to end
  double evidence = 0;      // dendrite_evidence
  bool is_branch = false;
};

std::vector<Neurite> fit_neurites(const std::vector<ShaftPath>& shafts, const TraceVolumes& volumes,
                                  const TraceDendritesParams& params) {
  std::vector<Neurite> neurites;
  std::vector<ShaftProfile> profiles;
  for (const ShaftPath& shaft : shafts) {
    Neurite neurite;
    std::vector<Position>& nodes = neurite.traced.dendrite.nodes;
    nodes = fit_centreline(shaft.points, volumes.ridge, params.centreline);
    neurite.traced.shaft = &shaft;
    neurite.length_um = polyline_length_um(nodes);
    const std::vector<Position> flat = in_plane(nodes);
    neurite.length_2d_um = polyline_length_um(flat);
    neurite.chord_2d_um = distance_um(flat.front(), flat.back());
    if (neurite.length_um >= params.min_branch_length_um) {
      profiles.push_back(median_profile(volumes.smoothed, nodes));
      neurites.push_back(std::move(neurite));
    }
  }
  const std::vector<double> evidence = dendrite_evidence(profiles, params.blur_fwhm_um);
  for (std::size_t i = 0; i < neurites.size(); ++i) {
    neurites[i].evidence = evidence[i];
  }
  return neurites;
}

bool ends_on(const ShaftPath& shaft, const ShaftPath& other) {
  return std::ranges::any_of(other.points, [&](Position p) {
    return p == shaft.points.front() || p == shaft.points.back();
  });
}

// What is short goes somewhere: specks that hang together, in plane or in z, do not.
bool goes_on(const Neurite& neurite, double least_um, const TraceDendritesParams& params) {
  return neurite.length_2d_um >= params.max_speck_chain_um || neurite.chord_2d_um >= least_um;
}

bool stands_alone(const Neurite& neurite, const TraceDendritesParams& params) {
  const double straight_um = params.min_straightness_ratio * neurite.length_2d_um;
  return neurite.evidence >= 1 && neurite.length_um >= params.min_length_um &&
         goes_on(neurite, std::max(params.min_length_um, straight_um), params);
}

// What is a dendrite by itself, then what branches off one of those.
std::vector<Neurite> find_dendrites(std::vector<Neurite> neurites,
                                    const TraceDendritesParams& params) {
  const auto rest =
      std::stable_partition(neurites.begin(), neurites.end(),
                            [&](const Neurite& neurite) { return stands_alone(neurite, params); });
  const auto branches_end = std::stable_partition(rest, neurites.end(), [&](Neurite& neurite) {
    neurite.is_branch = neurite.evidence >= branch_evidence &&
                        goes_on(neurite, params.min_branch_length_um, params) &&
                        std::any_of(neurites.begin(), rest, [&](const Neurite& dendrite) {
                          return ends_on(*neurite.traced.shaft, *dendrite.traced.shaft);
                        });
    return neurite.is_branch;
  });
  neurites.erase(branches_end, neurites.end());
  return neurites;
}

bool is_beside(Position p, const Dendrite& other, const TraceDendritesParams& params) {
  return std::ranges::any_of(other.nodes, [&](Position node) {
    return std::hypot(p.y_um - node.y_um, p.x_um - node.x_um) < params.double_distance_um &&
           std::abs(p.z_um - node.z_um) < params.double_distance_z_um;
  });
}

// Is most of it seen twice, as slices that jumped show a shaft?
bool is_double(const Dendrite& dendrite, const std::vector<TracedDendrite>& kept,
               const TraceDendritesParams& params) {
  const double most = params.double_frac * static_cast<double>(dendrite.nodes.size());
  return std::ranges::any_of(kept, [&](const TracedDendrite& other) {
    return static_cast<double>(std::ranges::count_if(dendrite.nodes, [&](Position p) {
             return is_beside(p, other.dendrite, params);
           })) > most;
  });
}

}  // namespace

std::vector<Dendrite> trace_dendrites(const std::vector<ShaftPath>& shafts,
                                      const TraceVolumes& volumes,
                                      const TraceDendritesParams& params) {
  const MeasureShaft shaft(volumes.smoothed,
                           {.step_um = params.centreline.step_um,
                            .blur = {.xy_um = params.blur_fwhm_um, .z_um = params.blur_fwhm_z_um},
                            .min_usable_snr = params.min_usable_snr,
                            .noise_counts = params.noise_counts});
  std::vector<TracedDendrite> kept;
  for (Neurite& neurite : find_dendrites(fit_neurites(shafts, volumes, params), params)) {
    Dendrite& dendrite = neurite.traced.dendrite;
    shaft.measure(dendrite);
    const double least_um = neurite.is_branch ? params.min_branch_length_um : params.min_length_um;
    if (dendrite.length_usable_um >= least_um && !is_double(dendrite, kept, params)) {
      kept.push_back(std::move(neurite.traced));
    }
  }
  std::vector<Dendrite> dendrites = connect_dendrites(std::move(kept));
  flag_crossings(dendrites);
  return dendrites;
}

}  // namespace bramble
