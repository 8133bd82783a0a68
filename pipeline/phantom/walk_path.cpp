#include "pipeline/phantom/walk_path.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bramble {
namespace {

constexpr double walk_step_um = 0.2;

void step(Walker& walker, const Winding& winding, const TissueBox& box, Random& random) {
  const double kept = std::exp(-walk_step_um / winding.elevation_correlation_um);
  const auto [turn, rise] = random.normal_pair();
  walker.heading_rad += turn * std::sqrt(walk_step_um / winding.persistence_length_um);
  walker.elevation_rad = std::clamp(
      walker.elevation_rad * kept + rise * winding.elevation_sd_rad * std::sqrt(1 - kept * kept),
      -winding.elevation_limit_rad, winding.elevation_limit_rad);
  const double next_z = walker.position.z_um + walk_step_um * std::sin(walker.elevation_rad);
  if (next_z < box.low.z_um || next_z > box.high.z_um) {
    walker.elevation_rad = -walker.elevation_rad;
  }
  const double in_plane_um = walk_step_um * std::cos(walker.elevation_rad);
  walker.position = walker.position + Position{walk_step_um * std::sin(walker.elevation_rad),
                                               in_plane_um * std::sin(walker.heading_rad),
                                               in_plane_um * std::cos(walker.heading_rad)};
}

}  // namespace

std::vector<Position> walk_path(Walker walker, const Winding& winding, const TissueBox& box,
                                Random& random) {
  // A worm-like chain may turn back; it has left any field long before it is ten times as long as
  // the box.
  const Position size = box.size();
  const auto max_steps = static_cast<std::size_t>(10 * (size.y_um + size.x_um) / walk_step_um);
  std::vector<Position> points{walker.position};
  while (points.size() < max_steps && box.contains_in_plane(walker.position)) {
    step(walker, winding, box, random);
    points.push_back(walker.position);
  }
  return points;
}

std::vector<Position> walk_both_ways(const Walker& walker, const Winding& winding,
                                     const TissueBox& box, Random& random) {
  const Walker backward{walker.position, walker.heading_rad + std::numbers::pi,
                        -walker.elevation_rad};
  std::vector<Position> points = walk_path(backward, winding, box, random);
  std::reverse(points.begin(), points.end());
  const std::vector<Position> ahead = walk_path(walker, winding, box, random);
  points.insert(points.end(), ahead.begin() + 1, ahead.end());
  return points;
}

}  // namespace bramble
