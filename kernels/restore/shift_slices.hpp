#pragma once

#include "kernels/core/counts.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"

#include <vector>

namespace bramble {

// Where one slice's tissue lies in the stored stack: at its place + this, in plane.
struct SliceShift {
  float y_um = 0;
  float x_um = 0;
  bool recorded = true;  // false: the slice shows nothing
};

// Moves every slice back: corrected(z, y, x) = stack(z, y + shift_y, x + shift_x), in one pass by a
// windowed sinc of 6 x 6 voxels (Lanczos) whose weights add up to 1, so a constant stays constant
// and light is kept. A slice without a shift is copied bit for bit. What was not recorded (a slice
// that shows nothing, a margin that a shift brings in) is interpolated along z between the nearest
// slices that did record that place; where there is none, the border of the slice is repeated.
// A voxel whose nearest stored voxel is saturated is saturated.
// `corrected` has the extent of `stack`, both in the space of `exec`; one shift a slice. Cost: 36
// reads a voxel of the slices that move. Throws InvalidArgument when sizes differ or no slice was
// recorded.
void shift_slices(const Exec& exec, CountsView stack, const std::vector<SliceShift>& shifts,
                  float saturation_counts, VolumeView<float> corrected);

}  // namespace bramble
