#include "pipeline/phantom/anatomy.hpp"

#include "pipeline/phantom/branch.hpp"
#include "pipeline/phantom/calibre.hpp"
#include "pipeline/phantom/resample_path.hpp"
#include "pipeline/phantom/tissue_region.hpp"
#include "pipeline/phantom/walk_path.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace bramble {
namespace {

constexpr double degree = std::numbers::pi / 180;

constexpr Winding winding{.persistence_length_um = 150,
                          .elevation_sd_rad = 5 * degree,
                          .elevation_limit_rad = 20 * degree,
                          .elevation_correlation_um = 25};

// Dendrites keep 3 um from top and bottom, in a thin stack 40 % of it.
TissueBox dendrite_box(const PhantomParameters& parameters) {
  constexpr double distance_from_top_um = 3;
  TissueBox box = tissue_box(parameters);
  const double depth_um = imaged_box(parameters.design).size().z_um;
  box.low.z_um = std::min(distance_from_top_um, 0.4 * depth_um);
  box.high.z_um = depth_um - box.low.z_um;
  return box;
}

// In the central 60 % of the imaged area.
Walker start(const PhantomParameters& parameters, const TissueBox& box, Random& random) {
  constexpr double margin_frac = 0.2;
  constexpr double depth_sd_um = 3;
  const Position size = imaged_box(parameters.design).size();
  const double y = random.uniform_within(margin_frac, 1 - margin_frac);
  const double x = random.uniform_within(margin_frac, 1 - margin_frac);
  const double z = 0.5 * size.z_um + depth_sd_um * random.normal();
  return {.position = {std::clamp(z, box.low.z_um, box.high.z_um), y * size.y_um, x * size.x_um},
          .heading_rad = random.uniform_within(0, 2 * std::numbers::pi),
          .elevation_rad = std::clamp(winding.elevation_sd_rad * random.normal(),
                                      -winding.elevation_limit_rad, winding.elevation_limit_rad)};
}

std::optional<DendritePath> grow_dendrite(const PhantomParameters& parameters, PhantomField field,
                                          const TissueBox& box,
                                          const std::vector<DendritePath>& others) {
  constexpr std::uint64_t max_attempts = 256;
  constexpr double thinnest_um = 0.40;
  constexpr double thickest_um = 1.40;
  RandomPlace place = field.place(parameters, RandomPurpose::dendrite);
  place.dendrite = others.size();
  for (std::uint64_t attempt = 0; attempt < max_attempts; ++attempt) {
    Random random(place, attempt);
    std::vector<Position> nodes =
        resample_path(walk_both_ways(start(parameters, box, random), winding, box, random),
                      DendritePath::node_step_um);
    if (std::any_of(others.begin(), others.end(), [&](const DendritePath& other) {
          return comes_within(nodes, other, DendritePath::min_separation_um);
        })) {
      continue;
    }
    place.purpose = RandomPurpose::dendrite_calibre;
    Random calibre(place);
    const double diameter_um =
        calibre.lognormal_within(parameters.dendrites.diameter_median_um,
                                 parameters.dendrites.diameter_log_sd, thinnest_um, thickest_um);
    std::vector<double> radii =
        draw_radii(parameters.dendrites, diameter_um, nodes.size(), calibre);
    const double gain = calibre.lognormal(1, parameters.dendrites.brightness_log_sd);
    return DendritePath{.nodes = std::move(nodes), .radius_um = std::move(radii), .gain = gain};
  }
  return std::nullopt;
}

std::int64_t draw_number(const PhantomParameters& parameters, PhantomField field) {
  RandomPlace place = field.place(parameters, RandomPurpose::dendrite);
  place.dendrite = UINT64_MAX;
  const std::int64_t num_others = Random(place).poisson(parameters.dendrites.mean_number - 1);
  return std::min<std::int64_t>(1 + num_others, parameters.dendrites.max_number);
}

}  // namespace

std::vector<DendritePath> grow_dendrites(const PhantomParameters& parameters, PhantomField field) {
  const TissueBox box = dendrite_box(parameters);
  const std::int64_t wanted = draw_number(parameters, field);
  std::vector<DendritePath> dendrites;
  for (std::int64_t i = 0; i < wanted; ++i) {
    std::optional<DendritePath> dendrite = grow_dendrite(parameters, field, box, dendrites);
    if (!dendrite) {
      break;
    }
    dendrites.push_back(*std::move(dendrite));
  }
  const std::size_t num_trunks = dendrites.size();
  for (std::size_t trunk = 0; trunk < num_trunks; ++trunk) {
    std::optional<DendritePath> branch =
        grow_branch(parameters, field, dendrites, trunk, winding, box);
    if (branch) {
      dendrites.push_back(*std::move(branch));
    }
  }
  return dendrites;
}

}  // namespace bramble
