#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/fft.hpp"
#include "kernels/core/volume.hpp"

#include <memory>

namespace bramble {

struct RichardsonLucyParams {
  int iterations = 12;
  // Mean counts where no structure is (the detector's offset and stray light); part of the model,
  // not subtracted before it.
  float background_counts = 0;
  // What of them is no light and so has no Poisson noise.
  float offset_counts = 0;
  // Added to data and model, so that the Poisson model also carries the detector's read noise: its
  // variance, in counts of light.
  float read_variance_counts = 0;
  // Voxels at or above it say only "at least": they do not count in the likelihood. Infinite: all
  // count.
  float saturation_counts = 0;
};

// Richardson-Lucy deconvolution with the scaled-heavy-ball step (Wang and Miller 2014,
// doi 10.1109/TIP.2013.2291324), object domain extended past the borders of the image with
// Bertero's weights (Bertero and Boccacci 2005, doi 10.1051/0004-6361:20052717).
//
//   model  m = H p + background;   correction c = H'((d + v) / (m + v)) w;   w = 1 / (H' 1 inside
//   the image) v = read variance - offset x' = max(p c, floor);          p' = max(x' + a (x' - x),
//   floor),  a = (k - 1) / (k + 2) at iteration k = 1, 2, ...
//
// Object for one image extent and one PSF: plans, weights and work volumes are made once and reused
// for every stack of that shape. Memory: four real and two half-spectrum volumes of the padded
// extent, about 24 B a padded voxel.
class RichardsonLucy {
 public:
  // `psf` on the host, odd extent, centred, sum 1. The padded extent is image + psf - 1, rounded up
  // to fast sizes.
  RichardsonLucy(const Exec& exec, Extent image, const Volume<float>& psf);
  ~RichardsonLucy();
  RichardsonLucy(RichardsonLucy&&) noexcept;
  RichardsonLucy& operator=(RichardsonLucy&&) noexcept;

  Extent image_extent() const noexcept;
  Extent padded_extent() const noexcept;

  // `image` and `restored` in the space of `exec`, of the image's extent; counts with the offset in
  // them in, counts above background out, never negative. Zero iterations give the flat start. Four
  // transforms an iteration.
  void restore(const Exec& exec, VolumeView<const float> image, VolumeView<float> restored,
               const RichardsonLucyParams& params);

 private:
  struct Work;
  std::unique_ptr<Work> work_;
};

}  // namespace bramble
