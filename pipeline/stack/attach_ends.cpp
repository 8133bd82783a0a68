#include "pipeline/stack/attach_ends.hpp"

#include "kernels/core/interpolate.hpp"
#include "kernels/core/middle_value.hpp"
#include "pipeline/stack/bridge_gaps.hpp"
#include "pipeline/stack/prune_spurs.hpp"

#include <algorithm>

namespace bramble {

namespace {

constexpr double brightness_reach_um = 4.0;
constexpr int num_samples = 20;

bool is_on(const ShaftPath& path, Position p) {
  return std::find(path.points.begin(), path.points.end(), p) != path.points.end();
}

// The last few um of a path: towards its end, where it points and how bright it is.
struct Tip {
  Position end;
  Position heading;
  double brightness = 0;
};

Tip tip_of(const ShaftPath& path, bool at_last, VolumeView<const float> smoothed,
           const AttachEndsParams& params) {
  std::vector<Position> points = path.points;
  if (at_last) {
    std::reverse(points.begin(), points.end());
  }
  Tip tip{.end = points.front()};
  std::vector<float> values;
  Position before = points.front();
  for (const Position p : points) {
    const double away_um = distance_um(p, tip.end);
    if (away_um > brightness_reach_um) {
      break;
    }
    values.push_back(interpolate(smoothed, p));
    if (away_um <= params.direction_reach_um) {
      before = p;
    }
  }
  tip.heading = unit_direction(before, tip.end, params.axial_weight);
  tip.brightness = static_cast<double>(middle_value(std::move(values)));
  return tip;
}

bool stays_bright(const Tip& tip, Position to, VolumeView<const float> smoothed, double ratio) {
  for (int i = 0; i <= num_samples; ++i) {
    const Position at = tip.end + (to - tip.end) * (static_cast<double>(i) / num_samples);
    if (interpolate(smoothed, at) < ratio * tip.brightness) {
      return false;
    }
  }
  return true;
}

}  // namespace

void attach_ends(std::vector<ShaftPath>& paths, VolumeView<const float> smoothed,
                 const AttachEndsParams& params) {
  for (std::size_t i = 0; i < paths.size(); ++i) {
    for (const bool at_last : {false, true}) {
      const Tip tip = tip_of(paths[i], at_last, smoothed, params);
      const bool is_free = std::none_of(paths.begin(), paths.end(), [&](const ShaftPath& other) {
        return &other != &paths[i] && is_on(other, tip.end);
      });
      if (!is_free) {
        continue;
      }
      double nearest_um = params.max_gap_um;
      const Position* target = nullptr;
      for (std::size_t j = 0; j < i; ++j) {
        for (const Position& p : paths[j].points) {
          const double gap_um = weighted_distance_um(tip.end, p, params.axial_weight);
          if (gap_um < nearest_um &&
              dot(tip.heading, unit_direction(tip.end, p, params.axial_weight)) >
                  params.least_cosine) {
            nearest_um = gap_um;
            target = &p;
          }
        }
      }
      if (target == nullptr ||
          !stays_bright(tip, *target, smoothed, params.least_brightness_ratio)) {
        continue;
      }
      paths[i].points.insert(at_last ? paths[i].points.end() : paths[i].points.begin(), *target);
      paths[i].length_um = voxel_path_length_um(paths[i].points, params.axial_weight);
    }
  }
}

}  // namespace bramble
