#pragma once

#include <string>
#include <vector>

namespace bramble {

// What one stack says about how its acquisition condition is restored best.
struct ConditionTrial {
  std::string condition;
  std::string stack_id;
  // Why the stack cannot tell: "gain_unknown", "noise_correlated" (neighbours know the held-out
  // photons), or "trial_failed" (it could not be read or restored); empty when it can.
  std::string problem;
  std::string message;       // what went wrong where the trial failed
  int iterations = 0;        // that explain the held-out photons best
  float psf_stretch_xy = 1;  // of the assumed widths; 1 where they were not tried
  float psf_stretch_z = 1;
  // Of the held-out photons, weighted with the part of the model that is structure (HeldOut in
  // kernels/restore/deconvolution.hpp): after 0, 1, ... iterations, at these widths.
  std::vector<double> held_out_log_likelihood;
};

}  // namespace bramble
