#pragma once

#include <string>

namespace bramble {

// How the restoration of one stack went.
struct Restoration {
  std::string method;  // "none" when the stack was kept as recorded
  std::string engine;  // "separable" or "fourier"; empty without one
  int iterations = 0;
  double floor_frac = 0;  // of the voxels at the floor that positivity sets
  // Of (data - model) / sqrt(model): 0, 1 and 0 where PSF, offset and noise are right.
  double residual_mean = 0;
  double residual_variance = 0;
  double residual_correlation = 0;
};

}  // namespace bramble
