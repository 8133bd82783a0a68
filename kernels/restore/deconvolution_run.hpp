#pragma once

#include "kernels/restore/advance_estimate.hpp"
#include "kernels/restore/column_sums.hpp"
#include "kernels/restore/compare_model.hpp"
#include "kernels/restore/deconvolution.hpp"
#include "kernels/restore/total_variation.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace bramble {

// One call of Deconvolver::restore: how it is run, and what all of its parts add up to.
struct DeconvolutionRun {
  DeconvolutionParams params;
  float start = 0;
  int patience = 0;  // 0: held-out photons do not end the run
  int iterations = 0;
  std::vector<double> held_out_log_likelihood = {};
  std::array<double, num_model_sums> sums = {};  // of the model of the result
};

// The likelihoods up to now have their best more than `patience` - 1 entries before the last.
bool is_past_best(const std::vector<double>& log_likelihood, int patience);

DeconvolutionReport report_of(const DeconvolutionRun& run);

bool has_momentum(const DeconvolutionParams& params);
// Of the given step (1, 2, ...), which is not the last.
AdvanceEstimate step_of(const DeconvolutionParams& params, int step);
std::optional<TotalVariationParams> damping_of(const DeconvolutionParams& params);

// Deconvolves one part with either engine. Comparison and step alternate; the last comparison is
// that of the result: the last step has no momentum, so prediction and estimate are the same.
template <class Engine, class Count>
void run_part(const Exec& exec, Engine& engine, const PhotonDataOf<Count>& data,
              DeconvolutionRun& run, ColumnSums& sums) {
  const bool has_held_out = data.held_out.data != nullptr;
  engine.start(exec, run.start);
  for (int k = 0;; ++k) {
    const bool is_last = k == run.params.iterations;
    const bool has_sums = has_held_out || is_last;
    if (has_sums) {
      sums.clear(exec, num_model_sums, engine.num_slabs(), data.part.x);
    }
    engine.compare(exec, CompareModelOf<Count>{.data = data,
                                               .with_residuals = has_sums,
                                               .sums = has_sums ? sums.columns() : nullptr,
                                               .num_slabs = engine.num_slabs()});
    const std::vector<double> total =
        has_sums ? sums.total(exec) : std::vector<double>(num_model_sums, 0.0);
    if (has_held_out) {
      const auto place = static_cast<std::size_t>(k);
      run.held_out_log_likelihood.resize(std::max(run.held_out_log_likelihood.size(), place + 1));
      run.held_out_log_likelihood[place] += total[static_cast<std::size_t>(ModelSum::held_out)];
    }
    const bool is_over =
        run.patience > 0 && is_past_best(run.held_out_log_likelihood, run.patience);
    if (is_last || is_over) {
      run.iterations = k;
      for (std::size_t i = 0; i < total.size(); ++i) {
        run.sums[i] += total[i];
      }
      return;
    }
    const bool is_last_step = k + 1 == run.params.iterations;
    engine.advance(exec, is_last_step ? AdvanceEstimate{} : step_of(run.params, k + 1),
                   damping_of(run.params));
  }
}

}  // namespace bramble
