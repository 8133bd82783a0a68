#pragma once

#include "kernels/core/counts.hpp"

namespace bramble {

// How much the noise of neighbours along x is alike, 0 for independent noise, 1 for the same:
//   1 - (variance of differences of neighbours) / (variance of differences of voxels three apart),
// over the darker part of the stack, where structure adds nothing to either. Detectors with a slow
// amplifier, resampled and smoothed stacks have correlated noise: there photons cannot be held out,
// since the neighbours know them. From a fixed sample of about a million voxels; 0 for rows of
// fewer than four voxels.
double noise_correlation(CountsView counts);

}  // namespace bramble
