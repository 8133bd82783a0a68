#include "kernels/restore/deconvolution_run.hpp"

#include <algorithm>

namespace bramble {

namespace {

int best_of(const std::vector<double>& log_likelihood) {
  return static_cast<int>(std::max_element(log_likelihood.begin(), log_likelihood.end()) -
                          log_likelihood.begin());
}

// How many updates give the estimate that the best entry speaks of (see DeconvolutionReport).
int best_update(const DeconvolutionRun& run) {
  const int entry = best_of(run.held_out_log_likelihood);
  const bool is_behind = has_momentum(run.params) && entry > 1;
  return std::min(is_behind ? entry + 1 : entry, run.params.iterations);
}

}  // namespace

bool is_past_best(const std::vector<double>& log_likelihood, int patience) {
  return static_cast<int>(log_likelihood.size()) - 1 - best_of(log_likelihood) >= patience;
}

bool has_momentum(const DeconvolutionParams& params) {
  return params.method != DeconvolutionMethod::richardson_lucy;
}

AdvanceEstimate step_of(const DeconvolutionParams& params, int step) {
  return {has_momentum(params) ? static_cast<float>(step - 1) / static_cast<float>(step + 2)
                               : 0.0f};
}

std::optional<TotalVariationParams> damping_of(const DeconvolutionParams& params) {
  return params.method == DeconvolutionMethod::total_variation
             ? std::optional(TotalVariationParams{params.total_variation_weight})
             : std::nullopt;
}

DeconvolutionReport report_of(const DeconvolutionRun& run) {
  DeconvolutionReport report;
  report.iterations = run.iterations;
  report.best_iteration = run.held_out_log_likelihood.empty() ? run.iterations : best_update(run);
  report.held_out_log_likelihood = run.held_out_log_likelihood;
  const auto sum = [&run](ModelSum which) { return run.sums[static_cast<std::size_t>(which)]; };
  const double num_voxels = sum(ModelSum::num_voxels);
  if (num_voxels == 0) {
    return report;
  }
  const double mean = sum(ModelSum::residual) / num_voxels;
  const double variance = sum(ModelSum::squared_residual) / num_voxels - mean * mean;
  report.residual_mean = mean;
  report.residual_variance = variance;
  const double num_pairs = sum(ModelSum::num_pairs);
  if (num_pairs > 0 && variance > 0) {
    report.residual_correlation = (sum(ModelSum::neighbours) / num_pairs - mean * mean) / variance;
  }
  return report;
}

}  // namespace bramble
