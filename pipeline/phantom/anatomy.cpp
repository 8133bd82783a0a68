#include "pipeline/phantom/anatomy.hpp"

#include "pipeline/phantom/random.hpp"
#include "pipeline/phantom/resample_path.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace bramble {
namespace {

constexpr double degree = std::numbers::pi / 180;

constexpr double walk_step_um = 0.2;
constexpr double persistence_length_um = 150;
constexpr double elevation_sd = 5 * degree;
constexpr double elevation_limit = 20 * degree;
constexpr double elevation_correlation_um = 25;
constexpr double distance_from_top_um = 3;
constexpr double min_separation_um = 4;

// The dendrite's path is walked inside this box.
struct Region {
  Position low;
  Position high;

  Position centre() const noexcept { return (low + high) * 0.5; }
  bool contains_in_plane(Position p) const noexcept {
    return p.y_um >= low.y_um && p.y_um <= high.y_um && p.x_um >= low.x_um && p.x_um <= high.x_um;
  }
};

Region region_of(const PhantomParameters& parameters) {
  const Extent extent = parameters.extent;
  const Position size = position_of({extent.z - 1, extent.y - 1, extent.x - 1}, parameters.spacing);
  // 2 um, four standard deviations of the shift, and what a turn of the field by 6 degrees moves
  // its corners.
  const double beyond_um =
      2 + 4 * parameters.session_shift_um + 0.1 * std::max(size.y_um, size.x_um);
  const double below_um = std::min(distance_from_top_um, 0.4 * size.z_um);
  return {{below_um, -beyond_um, -beyond_um},
          {size.z_um - below_um, size.y_um + beyond_um, size.x_um + beyond_um}};
}

// The state of the walk: where it is and where it is heading.
struct Walker {
  Position position;
  double heading = 0;    // in plane
  double elevation = 0;  // out of plane
};

// One step of a worm-like chain in plane and an Ornstein-Uhlenbeck process in elevation. At the top
// and at the bottom of the region the elevation is reflected, so the path stays in focus range
// without a kink in plane.
void step(Walker& walker, const Region& region, Random& random) {
  static const double kept = std::exp(-walk_step_um / elevation_correlation_um);
  const auto [turn, rise] = random.normal_pair();
  walker.heading += turn * std::sqrt(walk_step_um / persistence_length_um);
  walker.elevation =
      std::clamp(walker.elevation * kept + rise * elevation_sd * std::sqrt(1 - kept * kept),
                 -elevation_limit, elevation_limit);
  const double next_z = walker.position.z_um + walk_step_um * std::sin(walker.elevation);
  if (next_z < region.low.z_um || next_z > region.high.z_um) {
    walker.elevation = -walker.elevation;
  }
  const double in_plane_um = walk_step_um * std::cos(walker.elevation);
  walker.position = walker.position + Position{walk_step_um * std::sin(walker.elevation),
                                               in_plane_um * std::sin(walker.heading),
                                               in_plane_um * std::cos(walker.heading)};
}

// All points from the walker's start, that included, to where it leaves the region.
std::vector<Position> walk(Walker walker, const Region& region, Random& random) {
  // A worm-like chain may turn back; it has left any field long before it is ten times as long as
  // the region.
  const Position size = region.high - region.low;
  const auto max_steps = static_cast<std::size_t>(10 * (size.y_um + size.x_um) / walk_step_um);
  std::vector<Position> points{walker.position};
  while (points.size() < max_steps && region.contains_in_plane(walker.position)) {
    step(walker, region, random);
    points.push_back(walker.position);
  }
  return points;
}

Walker start(const Region& region, double central_frac, Random& random) {
  const Position centre = region.centre();
  const Position volume_half = {0, centre.y_um, centre.x_um};  // the volume begins at 0
  const double y = random.uniform_within(-central_frac, central_frac);
  const double x = random.uniform_within(-central_frac, central_frac);
  const double z = std::clamp(centre.z_um + 3 * random.normal(), region.low.z_um, region.high.z_um);
  return {
      .position = {z, centre.y_um + y * volume_half.y_um, centre.x_um + x * volume_half.x_um},
      .heading = random.uniform_within(0, 2 * std::numbers::pi),
      .elevation = std::clamp(elevation_sd * random.normal(), -elevation_limit, elevation_limit)};
}

std::vector<Position> walk_both_ways(const Region& region, double central_frac, Random& random) {
  const Walker forward = start(region, central_frac, random);
  const Walker backward{forward.position, forward.heading + std::numbers::pi, -forward.elevation};
  std::vector<Position> points = walk(backward, region, random);
  std::reverse(points.begin(), points.end());
  const std::vector<Position> ahead = walk(forward, region, random);
  points.insert(points.end(), ahead.begin() + 1, ahead.end());
  return points;
}

// Log AR(1) around the dendrite's own calibre, with a slight taper.
std::vector<double> draw_radii(std::size_t num_nodes, Random& random) {
  constexpr double modulation_sd = 0.10;
  constexpr double modulation_correlation_um = 3;
  constexpr double taper_per_um = 0.001;
  const double diameter_um = random.lognormal_within(0.75, 0.25, 0.40, 1.40);
  const double kept = std::exp(-DendritePath::node_step_um / modulation_correlation_um);
  double modulation = modulation_sd * random.normal();
  std::vector<double> radii;
  radii.reserve(num_nodes);
  for (std::size_t i = 0; i < num_nodes; ++i) {
    const double path_um = static_cast<double>(i) * DendritePath::node_step_um;
    radii.push_back(0.5 * diameter_um * std::exp(modulation - taper_per_um * path_um));
    modulation = modulation * kept + modulation_sd * std::sqrt(1 - kept * kept) * random.normal();
  }
  return radii;
}

bool keeps_apart(const std::vector<Position>& nodes, const std::vector<DendritePath>& others) {
  constexpr std::size_t stride = 5;  // half a micrometre is fine enough for a distance of four
  for (const DendritePath& other : others) {
    for (std::size_t i = 0; i < nodes.size(); i += stride) {
      for (std::size_t j = 0; j < other.nodes.size(); j += stride) {
        if (distance_um(nodes[i], other.nodes[j]) < min_separation_um) {
          return false;
        }
      }
    }
  }
  return true;
}

std::optional<DendritePath> grow_dendrite(const PhantomParameters& parameters, PhantomField field,
                                          const std::vector<DendritePath>& others) {
  constexpr std::uint64_t max_attempts = 16;
  const Region region = region_of(parameters);
  // A shaft that starts near the middle crosses most of the field whatever its heading.
  const double central_frac = others.empty() ? 0.2 : 0.6;
  RandomPlace place{.seed = parameters.seed,
                    .purpose = RandomPurpose::dendrite,
                    .animal = field.animal,
                    .field = field.field,
                    .dendrite = others.size()};
  for (std::uint64_t attempt = 0; attempt < max_attempts; ++attempt) {
    Random random(place, attempt);
    std::vector<Position> nodes =
        resample_path(walk_both_ways(region, central_frac, random), DendritePath::node_step_um);
    if (!keeps_apart(nodes, others)) {
      continue;
    }
    place.purpose = RandomPurpose::dendrite_calibre;
    Random calibre(place);
    std::vector<double> radii = draw_radii(nodes.size(), calibre);
    const double gain = calibre.lognormal(1, 0.35);
    return DendritePath{std::move(nodes), std::move(radii), gain};
  }
  return std::nullopt;
}

}  // namespace

PathPoint point_at(const DendritePath& path, double path_um) {
  const auto last = static_cast<double>(path.nodes.size() - 1);
  const double node = std::clamp(path_um / DendritePath::node_step_um, 0.0, last);
  const auto i = std::min(static_cast<std::size_t>(node), path.nodes.size() - 2);
  const double part = node - static_cast<double>(i);
  const Position chord = path.nodes[i + 1] - path.nodes[i];
  return {path.nodes[i] + chord * part, chord * (1 / length_um(chord)),
          path.radius_um[i] + (path.radius_um[i + 1] - path.radius_um[i]) * part};
}

std::vector<DendritePath> grow_dendrites(const PhantomParameters& parameters, PhantomField field) {
  constexpr double others_per_um2 = 1.5 / (32 * 32);
  constexpr std::int64_t max_others = 3;
  const Position size =
      position_of({0, parameters.extent.y, parameters.extent.x}, parameters.spacing);
  Random random(RandomPlace{.seed = parameters.seed,
                            .purpose = RandomPurpose::dendrite,
                            .animal = field.animal,
                            .field = field.field,
                            .dendrite = UINT64_MAX});
  const std::int64_t num_others =
      std::min(random.poisson(others_per_um2 * size.y_um * size.x_um), max_others);
  std::vector<DendritePath> dendrites;
  for (std::int64_t i = 0; i <= num_others; ++i) {
    std::optional<DendritePath> dendrite = grow_dendrite(parameters, field, dendrites);
    if (!dendrite) {
      break;
    }
    dendrites.push_back(*std::move(dendrite));
  }
  return dendrites;
}

}  // namespace bramble
