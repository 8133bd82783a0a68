#pragma once

#include "kernels/core/counts.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"
#include "pipeline/records/stack_result.hpp"

#include <vector>

namespace bramble {

// How the tissue moved while a stack was recorded, slice by slice, as far as it can be told from
// drift and from anatomy: jumps and jitter in plane.
struct SliceMotion {
  struct Slice {
    double shift_y_um = 0;  // where the tissue appears in the stored slice minus where it should
    double shift_x_um = 0;
    float confidence = 0;  // correlation with the slice that fits best; 0: nothing to go by
    bool dropped = false;  // shows nothing; its shift is its neighbours'
  };
  std::vector<Slice> slices;
  double spacing_z_um = 1;

  // Whether any slice is moved or filled.
  bool changes_stack() const noexcept;
  int num_dropped() const noexcept;
  // Root mean square of the shifts, over all slices.
  double rms_um() const noexcept;
  // Where a point of the corrected stack lies in the stored one: moved by the shift at its depth,
  // linear between slices.
  Position to_stored(Position corrected) const noexcept;
};

// Finds dropped slices and the motion of the others: steps between slices up to 2 um apart by
// correlation (slice_correlation.hpp, slice_step.hpp), fitted to a path (slice_path.hpp). A slice
// that would move by less than half a voxel is left alone. A pure function of its arguments.
// `counts` on the host, `stack` the same in the space of `exec`. Working memory: some six volumes
// of the stack averaged to about 0.2 um.
SliceMotion estimate_slice_motion(const Exec& exec, CountsView counts, CountsView stack,
                                  float offset_counts);

// The same in whole voxels: what is moved by it keeps its noise, voxel for voxel.
SliceMotion whole_voxel_motion(SliceMotion motion, Spacing spacing);

// The stack with the motion taken out and dropped slices filled (shift_slices.hpp). Both in the
// space of `exec`.
void correct_motion(const Exec& exec, const SliceMotion& motion, CountsView stack,
                    float saturation_counts, VolumeView<float> corrected);

// Puts the dendrites and spines that were found in a corrected stack where they appear in the
// stored one. What was measured of them stays.
void undo_motion(const SliceMotion& motion, StackResult& result);

}  // namespace bramble
