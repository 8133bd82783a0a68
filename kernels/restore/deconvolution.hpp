#pragma once

#include "kernels/core/counts.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/fft.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/restore/background_field.hpp"
#include "kernels/restore/stack_psf.hpp"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace bramble {

// How the estimate x gets better, c being the Richardson-Lucy correction:
//   richardson_lucy    x' = x c                                  (the reference; slow)
//   scaled_heavy_ball  the same step from a point further on     (Wang and Miller 2014)
//   total_variation    the heavy ball, c / (1 - weight div(grad x / |grad x|))   (Dey et al. 2006)
enum class DeconvolutionMethod { scaled_heavy_ball, richardson_lucy, total_variation };

struct DeconvolutionParams {
  DeconvolutionMethod method = DeconvolutionMethod::scaled_heavy_ball;
  int iterations = 20;
  // Used by total_variation alone. Gradients are taken in um and the weight is worth one spacing
  // along x, so that it means the same for every ratio of z to x spacing.
  float total_variation_weight = 0.002f;
};

// photons = (counts - offset) / gain; the variance of a voxel in photons is its photons plus
// `read_variance_photons`. Counts at or above `saturation_counts` say only "at least so many".
struct PhotonScale {
  float offset_counts = 0;
  float gain_counts = 1;
  float read_variance_photons = 0;
  float saturation_counts = std::numeric_limits<float>::infinity();
};

// Photons kept back from the data, at the same voxels, to choose the number of iterations:
// thinned from photons + read variance, so that ratio x (model of the rest) is expected of them.
// The run ends when `patience` iterations one after the other were worse than the best before them.
//
// A model is judged by sum of (h + q u) log(q m) - q m + h u / m over the voxels that are not
// saturated, with h held-out photons, q the ratio and u = b + v. Its slope along m is that of the
// log-likelihood of h, times the part of the model that is light of structure, H x / m; the mean of
// h has the highest expectation, as with the likelihood itself, which it is where u = 0. Nearly all
// of a stack is empty; there x fits noise from the first iteration on, and the plain likelihood
// would end the run for that, long before what there is to see is sharp.
struct HeldOut {
  VolumeView<const float> photons;
  double ratio = 0;
  int patience = 3;
};

struct DeconvolutionReport {
  // Updates that were made. Fewer than asked for only when held-out photons ended the run.
  int iterations = 0;
  // The number of updates that the held-out photons find best; `iterations` without them. With
  // momentum one more than the best entry below: that is the likelihood of p, and x gets as far
  // only with the next update. Not so at the start and after the first update, where p is x.
  int best_iteration = 0;
  // After 0, 1, ... updates, of the point that the next update starts from: weighted as HeldOut
  // says, without terms that do not depend on the model.
  std::vector<double> held_out_log_likelihood;
  // Part of the voxels of the result that positivity holds at its floor.
  double floor_frac = 0;
  // Of (data - model) / sqrt(model), with the model of the result, over the voxels that are not
  // saturated: mean, variance, and correlation between neighbours along x. 0, 1 and 0 where model
  // and noise are right and the estimate is not fitted to the noise.
  double residual_mean = 0;
  double residual_variance = 0;
  double residual_correlation = 0;
};

// Deconvolution of stacks of one extent, with one PSF or one for each range of depth, by maximum
// likelihood for Poisson noise.
//
//   model       m = H x + b + v          in photons; b background, v read variance (Snyder 1993)
//   data        d = max((counts - offset) / gain + v, 0);   saturated: max(d, m)
//   correction  c = H'(d / m) / H'1      where H'1 > 0.01, else 1
//   step        x' = max(p c, floor);  p' = max(x' + a (x' - x), floor);  a = (k - 1) / (k + 2) at
//               step k = 1, 2, ..., and 0 for plain Richardson-Lucy and at the last step
//
// The object reaches past the borders of the image as far as the PSF does, with the weights of
// Bertero and Boccacci (2005, doi 10.1051/0004-6361:20052717), H'1 being the part of a voxel's
// light that falls on the image. A saturated voxel enters with its expected value, which is the EM
// step for "at least so many": the neighbours decide how bright it is, and a saturated region wider
// than the PSF stays filled. The start is flat: the mean of data less background. Scaled heavy
// ball: doi 10.1109/TIP.2013.2291324; total variation: doi 10.1002/jemt.20294.
//
// A separable PSF (the product of its three marginal sums differs from it by less than 1e-5 of its
// norm) is applied in real space, another one by Fourier transforms; both give the same within
// 1e-5. Plans, weights and work volumes are made once and serve every stack. Results do not depend
// on the number of threads.
// Cost on the CPU: by Fourier transforms less than two pairs of whole transforms of the padded
// extent an iteration, 20 bytes of memory a padded voxel; in real space about a fifth of that for
// 17 taps an axis, 12 bytes. Total variation: 4 bytes more. The model of the result takes half an
// iteration.
class Deconvolver {
 public:
  // Each PSF of odd extent, centred on its middle voxel, sum 1; it is read here alone. `tile`
  // bounds the extent that is restored at a time, overlap included (propose_tile finds one for a
  // given memory); overlaps are blended linearly. So are ranges of slices with PSFs of their own:
  // each is restored with an overlap of its neighbours' slices on either side, and has work volumes
  // of its own. Throws InvalidArgument for a PSF that is not so, for ranges that do not follow each
  // other from slice 0 on, and for a tile that is not wider than its overlaps.
  Deconvolver(const Exec& exec, Extent image, const StackPsf& psf, std::optional<Extent> tile = {},
              FftPlanning planning = FftPlanning::estimate);
  ~Deconvolver();
  Deconvolver(Deconvolver&&) noexcept;
  Deconvolver& operator=(Deconvolver&&) noexcept;

  // Whether all PSFs are.
  bool separable() const noexcept;
  // What an iteration works on: of the image, or of the largest part that is restored at a time.
  Extent padded_extent() const noexcept;
  // Memory this object holds in the space of `exec`, without cuFFT's own.
  std::int64_t num_bytes() const noexcept;

  // `counts` and `restored` in the space of `exec`, of the image's extent. `restored` is in photons
  // above background, never below the floor of 0.001. No iterations give the flat start. With
  // held-out photons `restored` is the estimate of the last update, not of the best: choose the
  // number with them, then restore all photons. In several parts the held-out likelihoods are
  // summed over them, and the run is not ended early; what lies in two parts counts twice in the
  // report.
  DeconvolutionReport restore(const Exec& exec, CountsView counts, const PhotonScale& scale,
                              const BackgroundField& background, VolumeView<float> restored,
                              const DeconvolutionParams& params, const HeldOut* held_out = nullptr);

 private:
  struct Work;
  std::unique_ptr<Work> work_;
};

}  // namespace bramble
