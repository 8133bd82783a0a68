#pragma once

#include "kernels/core/volume.hpp"
#include "kernels/restore/deconvolution.hpp"

#include <cstddef>
#include <vector>

namespace bramble {

// Photons on a constant background.
struct QualityData {
  VolumeView<const float> photons;
  float background_photons = 0;
};

// sqrt(sum of (found - truth)^2 / sum of truth^2).
double error_frac(VolumeView<const float> found, VolumeView<const float> truth);

// Errors of the estimate after 0, 1, ... iterations of one run, which ends when they have grown for
// twenty iterations. The estimate after k steps is what
// Deconvolver gives for k iterations: momentum only moves the point that the next step starts from.
std::vector<double> errors_by_iteration(const QualityData& data, const Volume<float>& psf,
                                        VolumeView<const float> truth,
                                        const DeconvolutionParams& params);

// The smallest entry.
struct BestIteration {
  std::size_t iteration = 0;
  double error_frac = 0;
};
BestIteration best_of(const std::vector<double>& errors);
// The first iteration with an error no larger than this; the number of entries when there is none.
std::size_t first_within(const std::vector<double>& errors, double error_frac);

struct RestoredVolume {
  Volume<float> photons;
  DeconvolutionReport report;
};
RestoredVolume restore(Deconvolver& deconvolver, const QualityData& data,
                       const DeconvolutionParams& params);

// The number of iterations that a tenth of the photons, held out, chooses.
int held_out_iterations(const QualityData& data, const Volume<float>& psf, std::uint64_t seed);

}  // namespace bramble
