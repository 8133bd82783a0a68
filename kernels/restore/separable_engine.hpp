#pragma once

#include "kernels/core/memory.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/restore/advance_estimate.hpp"
#include "kernels/restore/compare_model.hpp"
#include "kernels/restore/separable_psf.hpp"
#include "kernels/restore/taps.hpp"
#include "kernels/restore/total_variation.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace bramble {

// The state of one deconvolution (estimate and prediction) and its two half steps, with a separable
// PSF, in real space. No padding but the PSF's own, and 12 bytes of memory a voxel of the extended
// object (16 on the GPU).
//
// CPU: two sweeps over memory an iteration, two rows at a time. `advance` goes through each plane
// once: transposed blur in x and y, step, blur in x and y, with one row more at hand than there are
// taps. `compare` goes through each plane of constant y: blur in z, ratio, transposed blur in z.
// About 34 bytes a voxel.
// GPU: three kernels that walk along an axis (axis_walk.hpp), counted 40 bytes a voxel with float
// counts, 38 with counts of 16 bits: along z the ratio (read and write 8, counts 4 or 2), along y
// the step (20) and the blur (8). Along x, neighbouring threads share what they read in the cache;
// walks of 128 rows read the rows of all taps but one twice.
class SeparableEngine {
 public:
  // Throws InvalidArgument when a factor has more than Taps::max_taps values.
  SeparableEngine(const Exec& exec, Extent part, Spacing spacing, const SeparablePsf& psf);

  Extent padded_extent() const noexcept { return estimate_.extent(); }
  std::int64_t num_bytes() const noexcept;
  // How many slabs CompareModel adds to.
  int num_slabs() const noexcept { return part_.z > part_.y ? part_.z : part_.y; }

  // Estimate = prediction = value.
  void start(const Exec& exec, float value);
  // Compares the data with the model of the prediction, and keeps their ratio for `advance`.
  // Count: a CountType.
  template <class Count>
  void compare(const Exec& exec, const CompareModelOf<Count>& comparison);
  // One step; `total_variation` damps it. `compare` goes before it.
  void advance(const Exec& exec, const AdvanceEstimate& step,
               const std::optional<TotalVariationParams>& total_variation);
  // The estimate; the part starts at `part_origin` of it.
  VolumeView<const float> estimate() const noexcept { return estimate_.view(); }
  Voxel part_origin() const noexcept {
    return {along_z_.radius(), along_y_.radius(), along_x_.radius()};
  }

 private:
  struct Scratch;

  Extent part_;
  Taps along_z_;
  Taps along_y_;
  Taps along_x_;
  Array<float> seen_z_;  // H'1 is the product of these
  Array<float> seen_y_;
  Array<float> seen_x_;
  Volume<float> estimate_;
  Volume<float> prediction_;
  // Image columns and rows, extended planes: the prediction blurred in x and y, or the ratio
  // transposed in z.
  Volume<float> in_plane_;
  Volume<float> damping_;              // total variation only
  Volume<float> model_;                // GPU only, for the sums
  std::vector<Array<float>> scratch_;  // CPU only, one a thread

  void allocate_scratch();
  void transpose_rows(int z, int y, int count, const Scratch& scratch) const;
  void advance_row(int z, int y, const AdvanceEstimate& step, const float* damping,
                   const float* correction);
  void blur_rows(int z, int y, int count, const Scratch& scratch);
  void sweep_planes(const AdvanceEstimate* step, const float* damping);
  template <class Count>
  void compare_slab(int y, const CompareModelOf<Count>& comparison, float* scratch);
  void blur_in_plane(const Exec& exec);
};

}  // namespace bramble
