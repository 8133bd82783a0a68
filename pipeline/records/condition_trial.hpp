#pragma once

#include <string>
#include <vector>

namespace bramble {

// What one stack says about how its acquisition condition is restored best.
struct ConditionTrial {
  std::string condition;
  std::string stack_id;
  // Why the stack cannot tell: "gain_unknown", or "noise_correlated" (neighbours know the held-out
  // photons); empty when it can.
  std::string problem;
  int iterations = 0;        // with the highest likelihood of the held-out photons
  float psf_stretch_xy = 1;  // of the assumed widths; 1 where they were not tried
  float psf_stretch_z = 1;
  std::vector<double> held_out_log_likelihood;  // after 0, 1, ... iterations, at these widths
};

}  // namespace bramble
