#pragma once

#include "kernels/align/axis_weights.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/fft.hpp"
#include "kernels/core/memory.hpp"
#include "kernels/core/volume.hpp"

#include <vector>

namespace bramble {

struct SliceCorrelationParams {
  float offset_counts = 0;  // what the detector reads without light
  float detail_um = 0.25f;  // standard deviation of the Gaussian that takes the noise out ...
  float context_um = 1.0f;  // ... and of the one whose result is subtracted: slower things go
  float taper_frac = 0.1f;  // of each side of a slice, over which it fades out
  float max_shift_um = 5;   // largest shift looked at
};

// How alike two slices are for every shift of one against the other.
struct ShiftMap {
  Volume<float> correlation;  // Pearson's, one plane on the host; its middle voxel is no shift
  int reach_y_vox = 0;        // voxel (0, reach_y + i, reach_x + j) is a shift by (i, j)
  int reach_x_vox = 0;
};

// Correlates slices of one stack with each other, in plane. Each slice is turned into the square
// root of its light (noise of the same size everywhere), band-passed, faded out at its borders by a
// Hann flank and transformed once; a pair then costs one inverse transform. What is left is divided
// by the share of the slices that overlaps at the shift, else all shifts would look too small.
// Memory: a half spectrum of every slice, about 1.2 volumes of the stack's size, and four more
// volumes while it is made.
class SliceCorrelation {
 public:
  // `stack` in the space of `exec`. Throws InvalidArgument when it is empty.
  SliceCorrelation(const Exec& exec, VolumeView<const float> stack,
                   const SliceCorrelationParams& params);

  // position in `moving` = position in `fixed` + shift. 0 everywhere where one of the two slices
  // does not vary.
  ShiftMap correlate(const Exec& exec, int fixed, int moving);

  // The part of a slice that is not faded out, in um2.
  double usable_um2() const noexcept { return usable_um2_; }

 private:
  const Complex* spectrum(int slice) const noexcept;
  Complex* spectrum(int slice) noexcept;
  void inverse_to_host(const Exec& exec);
  ShiftMap crop(double scale) const;

  Extent slice_;
  Spacing spacing_;
  int reach_y_vox_;
  int reach_x_vox_;
  double usable_um2_;
  Fft3d fft_;
  Volume<float> padded_;
  Array<Complex> spectra_;
  Array<Complex> product_;
  Volume<float> on_host_;
  ShiftMap overlap_;            // of the faded slices, 1 without a shift
  std::vector<double> energy_;  // of each slice, in the unit of the correlation before it is scaled
};

}  // namespace bramble
