#pragma once

#include "kernels/core/volume.hpp"

#include <vector>

namespace bramble {

struct CentrelineParams {
  double step_um = 0.25;  // between nodes
  double smoothing_um =
      0.6;  // standard deviation along the shaft, in plane; z is smoothed over 1.5 um at least
  double search_xy_um = 0.6;  // how far the ridge may lie from the skeleton
  double search_z_um = 2.0;
};

// The centreline of a shaft from the chain of its skeleton voxels: resampled, smoothed in um, then
// moved onto the ridge of `smoothed` (background-subtracted, on the host) by the centroids of its
// profiles across the shaft, in plane and in z. The moves are smoothed along the shaft too, so a
// spine beside it does not bend it. Both ends stay.
std::vector<Position> fit_centreline(const std::vector<Position>& skeleton_points,
                                     VolumeView<const float> smoothed,
                                     const CentrelineParams& params);

// Unit vector in the plane of the image, to the left of the direction `tangent` (y points down).
// Straight up or down: x.
Position in_plane_normal(Position tangent);

}  // namespace bramble
