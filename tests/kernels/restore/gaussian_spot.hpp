#pragma once

#include "kernels/core/volume.hpp"

#include <cmath>

namespace bramble {

// A Gaussian of height 1 somewhere in a volume, sampled at voxel centres.
struct Spot {
  Extent extent;
  Spacing spacing;
  double fwhm_xy_um = 0.45;
  double fwhm_z_um = 1.9;
  Position off_middle;  // of the volume

  Position middle() const {
    return {(extent.z - 1) / 2.0 * spacing.z_um, (extent.y - 1) / 2.0 * spacing.y_um,
            (extent.x - 1) / 2.0 * spacing.x_um};
  }
  double value(Position from_centre) const {
    const double z = from_centre.z_um / fwhm_z_um;
    const double xy = std::hypot(from_centre.y_um, from_centre.x_um) / fwhm_xy_um;
    return std::exp(-4 * std::log(2.0) * (z * z + xy * xy));
  }
};

inline Volume<float> gaussian_spot(const Spot& spot) {
  Volume<float> volume(MemorySpace::host, spot.extent, spot.spacing);
  const Position centre = spot.middle() + spot.off_middle;
  for (std::int64_t i = 0; i < volume.voxels().size(); ++i) {
    volume.voxels()[i] =
        static_cast<float>(spot.value(position_of(spot.extent.voxel(i), spot.spacing) - centre));
  }
  return volume;
}

}  // namespace bramble
