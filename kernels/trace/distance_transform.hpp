#pragma once

#include "kernels/core/bit_volume.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"

#include <cstdint>

namespace bramble {

// A length in um as integer nanometres, rounded to the nearest; all distances are computed with
// these.
std::int64_t rounded_nm(float length_um);

// Stands for every squared distance of 2^32 - 1 nm^2 or more: 65.5 um from the background, or no
// background at all.
inline constexpr std::uint32_t largest_squared_distance_nm2 = 0xffffffff;

// For each foreground voxel of `bits` the squared distance, in nm^2, of its centre to the centre of
// the nearest background voxel; 0 for background voxels. Exact, in integers, with the spacing of
// the output rounded to nm, so the same on every backend. Outside of the volume is not background:
// a dendrite that leaves the volume is not cut there.
//
// One axis after the other: along x from the bits, then along y and z by a search outwards from
// each foreground voxel, which stops where the offset alone is farther than the best so far.
// Cost: 4 B written a voxel, and for the foreground about 4 B read a voxel and step; the number of
// steps is the distance in voxels. Rows without foreground cost the zeros that are written.
//
// `scratch` is another volume of this size; its contents are lost. Throws InvalidArgument when the
// extents differ or a spacing is less than 1 nm.
//
// Saito and Toriwaki 1994, doi:10.1016/0031-3203(94)90133-3.
void distance_transform(const Exec& exec, const BitVolume& bits, VolumeView<std::uint32_t> scratch,
                        VolumeView<std::uint32_t> squared_distance_nm2);

}  // namespace bramble
