#pragma once

#include "kernels/core/volume.hpp"

namespace bramble {

// What all point spread functions share: they lie on the host, their extent is odd, and the middle
// voxel is the point that the light comes from.

inline Voxel middle_of(Extent extent) noexcept {
  return {extent.z / 2, extent.y / 2, extent.x / 2};
}

// The number of samples of a spacing from the middle to a distance, the middle not counted.
int samples_within(double distance_um, double spacing_um);

// In double, in the order of the voxels.
double sum_of(VolumeView<const float> values);

// Divides by the sum. Throws DataError when it is not positive and finite.
void make_sum_one(VolumeView<float> values);

// Negative values become 0.
void clip_negative(VolumeView<float> values);

// Throws InvalidArgument unless every axis of the spacing is positive and finite.
void check_spacing(Spacing spacing);

}  // namespace bramble
