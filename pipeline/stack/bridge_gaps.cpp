#include "pipeline/stack/bridge_gaps.hpp"

#include "pipeline/stack/prune_spurs.hpp"

#include <algorithm>

namespace bramble {

namespace {

constexpr double least_cosine_towards = 0.5;
constexpr double least_path_um = 3.0;

struct PathEnd {
  std::size_t path = 0;
  bool at_last = false;
};

Position tip(const ShaftPath& path, bool at_last) {
  return at_last ? path.points.back() : path.points.front();
}

// The direction in which the path would go on beyond its end.
Position heading(const ShaftPath& path, bool at_last, const JoinParams& params) {
  const Position end = tip(path, at_last);
  Position before = end;
  for (std::size_t i = 0; i < path.points.size(); ++i) {
    before = path.points[at_last ? path.points.size() - 1 - i : i];
    if (distance_um(before, end) >= params.direction_reach_um) {
      break;
    }
  }
  return unit_direction(before, end, params.axial_weight);
}

// The weighted gap between two ends that face each other; negative when they do not.
double facing_gap_um(const std::vector<ShaftPath>& paths, PathEnd a, PathEnd b,
                     const JoinParams& params) {
  const Position from = tip(paths[a.path], a.at_last);
  const Position to = tip(paths[b.path], b.at_last);
  const double gap_um = weighted_distance_um(from, to, params.axial_weight);
  if (gap_um > params.max_gap_um) {
    return -1;
  }
  const Position across = unit_direction(from, to, params.axial_weight);
  const bool faces =
      dot(heading(paths[a.path], a.at_last, params), across) > least_cosine_towards &&
      dot(heading(paths[b.path], b.at_last, params), across) < -least_cosine_towards;
  return faces ? gap_um : -1;
}

void append(ShaftPath& path, PathEnd at, ShaftPath other, PathEnd from) {
  if (!at.at_last) {
    std::reverse(path.points.begin(), path.points.end());
  }
  if (from.at_last) {
    std::reverse(other.points.begin(), other.points.end());
  }
  path.points.insert(path.points.end(), other.points.begin(), other.points.end());
}

}  // namespace

Position unit_direction(Position from, Position to, double axial_weight) {
  Position way = to - from;
  way.z_um *= axial_weight;
  const double length = length_um(way);
  return length > 0 ? way * (1 / length) : Position{};
}

double weighted_distance_um(Position from, Position to, double axial_weight) {
  return length_um(
      {axial_weight * (to.z_um - from.z_um), to.y_um - from.y_um, to.x_um - from.x_um});
}

void bridge_gaps(std::vector<ShaftPath>& paths, const JoinParams& params) {
  while (true) {
    double least_um = params.max_gap_um;
    PathEnd first;
    PathEnd second;
    bool found = false;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      for (std::size_t j = i + 1; j < paths.size(); ++j) {
        if (paths[i].length_um < least_path_um || paths[j].length_um < least_path_um) {
          continue;
        }
        for (const auto& [a, b] :
             {std::pair{false, false}, {false, true}, {true, false}, {true, true}}) {
          const double gap_um = facing_gap_um(paths, {i, a}, {j, b}, params);
          if (gap_um >= 0 && gap_um < least_um) {
            least_um = gap_um;
            first = {i, a};
            second = {j, b};
            found = true;
          }
        }
      }
    }
    if (!found) {
      return;
    }
    append(paths[first.path], first, std::move(paths[second.path]), second);
    paths[first.path].length_um =
        voxel_path_length_um(paths[first.path].points, params.axial_weight);
    paths.erase(paths.begin() + static_cast<std::ptrdiff_t>(second.path));
  }
}

}  // namespace bramble
