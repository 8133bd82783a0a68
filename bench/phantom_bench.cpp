#include "pipeline/phantom/phantom_study.hpp"

#include <benchmark/benchmark.h>
#include <omp.h>

// How long does a synthetic stack take on one core, truth and ideal observer included?
namespace bramble {
namespace {

void time_stack(benchmark::State& state, const PhantomParameters& parameters) {
  omp_set_num_threads(1);
  std::size_t num_spines = 0;
  for (auto _ : state) {
    const PhantomStack stack = phantom_stack(parameters, 0);
    num_spines = stack.spines.size();
    benchmark::DoNotOptimize(stack.counts.view().data);
  }
  state.counters["spines"] = static_cast<double>(num_spines);
  const double num_voxels = static_cast<double>(parameters.design.extent.num_voxels()) *
                            static_cast<double>(state.iterations());
  state.counters["voxels/s"] = benchmark::Counter(num_voxels, benchmark::Counter::kIsRate);
}

PhantomParameters large() {
  PhantomParameters parameters;
  parameters.design.extent = {40, 1024, 1024};
  parameters.design.spacing = {1.0f, 0.11f, 0.11f};
  parameters.dendrites.mean_number = 5;
  parameters.dendrites.max_number = 8;
  return parameters;
}

PhantomParameters with(PhantomPsfModel psf) {
  PhantomParameters parameters;
  parameters.optics.psf = psf;
  return parameters;
}

BENCHMARK_CAPTURE(time_stack, default_320x320x24, PhantomParameters{})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(time_stack, gibson_lanni_320x320x24, with(PhantomPsfModel::gibson_lanni))
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(time_stack, large_1024x1024x40, large())
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

}  // namespace
}  // namespace bramble

BENCHMARK_MAIN();
