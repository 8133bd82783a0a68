#include "pipeline/beads/find_beads.hpp"

#include "kernels/core/gaussian.hpp"
#include "kernels/spine/local_maxima.hpp"
#include "pipeline/stack/robust_level.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {

namespace {

// Spots nearer than this are one: a bead's own tails are noisy.
constexpr double spot_depth_um = 2.0;
constexpr double spot_width_um = 0.6;

int voxels_in(double length_um, double spacing_um) {
  return std::max(1, static_cast<int>(std::lround(length_um / spacing_um)));
}

Extent voxels_in(double depth_um, double width_um, Spacing spacing) {
  return {voxels_in(depth_um, spacing.z_um), voxels_in(width_um, spacing.y_um),
          voxels_in(width_um, spacing.x_um)};
}

// A local maximum and its height above the background.
struct Spot {
  Voxel place;
  float height;
};

std::vector<Spot> find_spots(VolumeView<const float> counts, const FindBeadsParams& params) {
  Volume<float> scratch(MemorySpace::host, counts.extent, counts.spacing);
  Volume<float> smooth(MemorySpace::host, counts.extent, counts.spacing);
  smooth_gaussian(cpu_exec, counts, scratch.view(), smooth.view(),
                  {.sigma_z_um = 0.4f, .sigma_y_um = 0.1f, .sigma_x_um = 0.1f});
  const RobustLevel dark = robust_level(smooth.view());
  LocalMaximaScratch maxima_scratch(MemorySpace::host);
  std::vector<Spot> spots;
  for (const Voxel place :
       find_local_maxima(cpu_exec, smooth.view(),
                         {.threshold = dark.median + params.threshold_sigma * dark.sigma,
                         .radius = voxels_in(spot_depth_um, spot_width_um, counts.spacing)},
                         maxima_scratch)) {
    spots.push_back({place, smooth.view()(place) - dark.median});
  }
  return spots;
}

bool reaches_out(Voxel place, Extent half, Extent extent) {
  return !extent.contains({place.z - half.z, place.y - half.y, place.x - half.x}) ||
         !extent.contains({place.z + half.z, place.y + half.y, place.x + half.x});
}

// Much dimmer spots do not count: they are the bead's own tails, or change little.
bool is_crowded(const Spot& spot, const std::vector<Spot>& spots, Extent reach) {
  constexpr float least_height_frac = 0.1f;
  return std::any_of(spots.begin(), spots.end(), [&](const Spot& other) {
    return other.place != spot.place && other.height > least_height_frac * spot.height &&
           std::abs(other.place.z - spot.place.z) <= reach.z &&
           std::abs(other.place.y - spot.place.y) <= reach.y &&
           std::abs(other.place.x - spot.place.x) <= reach.x;
  });
}

Volume<float> cut_window(VolumeView<const float> counts, Voxel middle, Extent half) {
  Volume<float> window(MemorySpace::host, {2 * half.z + 1, 2 * half.y + 1, 2 * half.x + 1},
                       counts.spacing);
  for (std::int64_t i = 0; i < window.voxels().size(); ++i) {
    const Voxel v = window.extent().voxel(i);
    window.voxels()[i] =
        counts(middle.z + v.z - half.z, middle.y + v.y - half.y, middle.x + v.x - half.x);
  }
  return window;
}

bool has_flat_top(const Volume<float>& window) {
  constexpr int fewest_equal = 3;
  const float top = *std::max_element(window.voxels().begin(), window.voxels().end());
  return std::count(window.voxels().begin(), window.voxels().end(), top) >= fewest_equal;
}

}  // namespace

FoundBeads find_beads(VolumeView<const float> counts, const FindBeadsParams& params) {
  require(params.half_depth_um > 0 && params.half_width_um > 0,
          "the window around a bead must have a size");
  const Extent half = voxels_in(params.half_depth_um, params.half_width_um, counts.spacing);
  const Extent reach = voxels_in(params.half_depth_um + spot_depth_um,
                                 params.half_width_um + spot_width_um, counts.spacing);
  const std::vector<Spot> spots = find_spots(counts, params);
  FoundBeads found;
  found.num_candidates = static_cast<int>(spots.size());
  for (const Spot& spot : spots) {
    if (reaches_out(spot.place, half, counts.extent)) {
      ++found.num_at_border;
      continue;
    }
    if (is_crowded(spot, spots, reach)) {
      ++found.num_crowded;
      continue;
    }
    Volume<float> window = cut_window(counts, spot.place, half);
    if (has_flat_top(window)) {
      ++found.num_saturated;
      continue;
    }
    found.windows.push_back(std::move(window));
  }
  return found;
}

}  // namespace bramble
