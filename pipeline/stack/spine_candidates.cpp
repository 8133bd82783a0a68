#include "pipeline/stack/spine_candidates.hpp"

#include "kernels/core/top_of_parabola.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace bramble {

namespace {

// A spur and a maximum are one protrusion when they lie this near.
constexpr double same_place_xy_um = 0.6;
constexpr double same_place_z_um = 2.0;

// The sub-voxel place of a maximum.
Position refine(VolumeView<const float> values, Voxel v) {
  const Extent extent = values.extent;
  const auto at = [&](int dz, int dy, int dx) {
    return values(std::clamp(v.z + dz, 0, extent.z - 1), std::clamp(v.y + dy, 0, extent.y - 1),
                  std::clamp(v.x + dx, 0, extent.x - 1));
  };
  const float middle = at(0, 0, 0);
  return position_of(v, values.spacing) +
         Position{top_of_parabola(at(-1, 0, 0), middle, at(1, 0, 0)) * values.spacing.z_um,
                  top_of_parabola(at(0, -1, 0), middle, at(0, 1, 0)) * values.spacing.y_um,
                  top_of_parabola(at(0, 0, -1), middle, at(0, 0, 1)) * values.spacing.x_um};
}

bool is_beside(const ShaftPoint& point, const CandidateParams& params) {
  const double lateral_um = std::abs(point.lateral_um);
  return point.dendrite >= 0 && lateral_um >= params.least_lateral_um &&
         lateral_um <= params.max_lateral_um && std::abs(point.axial_um) <= params.max_axial_um;
}

bool same_place(Position a, Position b) {
  return distance_in_plane_um(a, b) < same_place_xy_um &&
         std::abs(a.z_um - b.z_um) < same_place_z_um;
}

}  // namespace

std::vector<SpineCandidate> gather_candidates(const std::vector<Voxel>& maxima,
                                              const std::vector<Spur>& spurs,
                                              const ShaftIndex& shafts, const SpineVolumes& volumes,
                                              const CandidateParams& params) {
  std::vector<SpineCandidate> candidates;
  for (const Voxel v : maxima) {
    const ShaftPoint point = shafts.locate(position_of(v, volumes.blob.spacing));
    if (!is_beside(point, params)) {
      continue;
    }
    const float shaft = shafts.dendrite(point.dendrite).brightness_counts[point.node];
    if (volumes.blob(v) > params.least_contrast * shaft) {
      const Position head = refine(volumes.blob, v);
      candidates.push_back({.head = head, .shaft = shafts.locate(head)});
    }
  }
  const std::size_t num_maxima = candidates.size();
  for (const Spur& spur : spurs) {
    const ShaftPoint point = shafts.locate(spur.tip);
    if (!is_beside(point, params)) {
      continue;
    }
    bool found = false;
    for (std::size_t i = 0; i < num_maxima; ++i) {
      if (candidates[i].shaft.dendrite == point.dendrite &&
          same_place(candidates[i].head, spur.tip)) {
        found = true;
      }
    }
    if (!found) {
      candidates.push_back({.head = spur.tip, .shaft = point});
    }
  }
  std::erase_if(candidates, [](const SpineCandidate& c) { return c.shaft.dendrite < 0; });
  std::sort(candidates.begin(), candidates.end(),
            [](const SpineCandidate& a, const SpineCandidate& b) {
              const auto key = [](const SpineCandidate& c) {
                return std::tuple(c.shaft.dendrite, c.shaft.path_um, c.head.z_um, c.head.y_um,
                                  c.head.x_um);
              };
              return key(a) < key(b);
            });
  return candidates;
}

}  // namespace bramble
