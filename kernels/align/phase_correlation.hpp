#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"

#include <memory>

namespace bramble {

struct PhaseCorrelationParams {
  float smoothing_vox =
      1.0f;  // sigma of the correlation peak: suppresses the frequencies that are noise
  float taper_frac = 0.1f;  // part of each axis, at each end, over which the volumes fade out
  float max_shift_frac =
      0.5f;  // largest shift looked for, as a part of the larger volume along each axis
};

// A shift of one volume against another: position in `moving` = position in `fixed` + shift.
struct ShiftEstimate {
  Position shift;
  float correlation =
      0;  // of the overlap at that shift, see correlate_overlap; 0 and no shift when nothing agrees
};

// The voxels that a volume of `extent` and `spacing` fills when it is read on voxels of the size of
// `grid`.
Extent extent_on_grid(Extent extent, Spacing spacing, Spacing grid);

// Finds the shift between two volumes by phase correlation (Kuglin and Hines 1975), to a fraction
// of a voxel:
//   c = inverse of  F(moving) conj(F(fixed)) / |F(moving) conj(F(fixed))|  exp(-smoothing^2 k^2 /
//   2).
// The square root of the volumes is faded out at their borders and padded with zeros, to fast
// transform sizes that leave no two shifts within max_shift_frac the same. The peak is the Gaussian
// of the smoothing, so the logarithms of its neighbours give its place along each axis by a
// parabola. Noise may raise other peaks: of the highest few the one whose overlap correlates best
// is taken. It is then moved to the top of that correlation, for the faded borders draw the peak of
// the phase towards no shift (by a quarter of a voxel on small volumes).
//
// Object for one extent: plan and work volumes are made once. Memory: one real and two
// half-spectrum volumes, 12 B a padded voxel; padding is about 1.5 along each axis. Three
// transforms and some 20 overlap correlations an estimate.
class PhaseCorrelation {
 public:
  // `largest`: no volume is larger along any axis, in voxels of the fixed volume (extent_on_grid).
  PhaseCorrelation(const Exec& exec, Extent largest, const PhaseCorrelationParams& params);
  ~PhaseCorrelation();
  PhaseCorrelation(PhaseCorrelation&&) noexcept;
  PhaseCorrelation& operator=(PhaseCorrelation&&) noexcept;

  // Both volumes in the space of `exec`, values above background. `moving` is read on the grid of
  // `fixed` when its voxels have another size. Throws InvalidArgument when one is empty or larger
  // than planned.
  ShiftEstimate estimate(const Exec& exec, VolumeView<const float> fixed,
                         VolumeView<const float> moving);

 private:
  struct Work;
  std::unique_ptr<Work> work_;
};

}  // namespace bramble
