#pragma once

#include "kernels/core/fft.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/restore/advance_estimate.hpp"
#include "kernels/restore/compare_model.hpp"
#include "kernels/restore/total_variation.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace bramble {

// The state of one deconvolution (estimate and prediction) and its two half steps, with any PSF, by
// Fourier transforms of the part's extent plus the PSF's, rounded up to fast sizes.
//
// On the CPU every plane stays in the cache from its inverse transform over the comparison or the
// step to the next forward transform, planes outside the image are left out, and both transforms
// along z are one pass: about 60 bytes of memory traffic a padded voxel an iteration. On the GPU,
// transforms apart (96): the product with the transfer function 12 twice, the ratio 8 + 4 in the
// image, the step 24: 156 bytes.
class FourierEngine {
 public:
  FourierEngine(const Exec& exec, Extent part, const Volume<float>& psf, FftPlanning planning);

  Extent padded_extent() const noexcept { return fft_.extent(); }
  std::int64_t num_bytes() const noexcept;
  // How many slabs CompareModel adds to.
  int num_slabs() const noexcept { return part_.z; }

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
  Voxel part_origin() const noexcept { return {}; }

 private:
  Extent part_;
  Fft3d fft_;
  Array<Complex> transfer_;
  Array<Complex> spectrum_;
  Volume<float> seen_frac_;
  Volume<float> estimate_;
  Volume<float> prediction_;
  Volume<float> damping_;             // total variation only
  Volume<float> blurred_;             // GPU only
  std::vector<Array<float>> planes_;  // CPU only, one a thread

  void find_seen_frac(const Exec& exec, const Volume<float>& ones);
  template <class Count>
  void compare_planes(const CompareModelOf<Count>& comparison);
  void advance_planes(const AdvanceEstimate& step, const float* damping);
  template <class Body>
  void for_each_plane(int num_planes, const Body& body);
};

}  // namespace bramble
