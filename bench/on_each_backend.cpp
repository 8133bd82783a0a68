#include "bench/on_each_backend.hpp"

#include "kernels/core/device.hpp"

namespace bramble {

namespace {

constexpr int num_repetitions = 9;

void add(const NamedBenchmark& timed, const std::string& backend, const Exec& exec) {
  for (const Extent extent : {Extent{64, 256, 256}, Extent{128, 512, 512}}) {
    const std::string size =
        std::to_string(extent.x) + "x" + std::to_string(extent.y) + "x" + std::to_string(extent.z);
    benchmark::RegisterBenchmark(
        (timed.name + "/" + backend + "/" + size).c_str(),
        [body = timed.body, exec, extent](benchmark::State& state) { body(state, exec, extent); })
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime()
        ->Repetitions(num_repetitions)
        ->ReportAggregatesOnly();
  }
}

}  // namespace

int run_on_each_backend(int argc, char** argv, const std::vector<NamedBenchmark>& benchmarks) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) {
    return 2;
  }
  Stream stream;
  const bool has_device = !list_devices().empty();
  if (has_device) {
    stream = make_stream(0);
  }
  for (const NamedBenchmark& timed : benchmarks) {
    add(timed, "cpu", cpu_exec);
    if (has_device) {
      add(timed, "cuda", cuda_exec(stream));
    }
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}

void report_voxels(benchmark::State& state, Extent extent, double bytes_per_voxel) {
  const double num_voxels =
      static_cast<double>(extent.num_voxels()) * static_cast<double>(state.iterations());
  state.SetItemsProcessed(static_cast<std::int64_t>(num_voxels));
  if (bytes_per_voxel > 0) {
    state.SetBytesProcessed(static_cast<std::int64_t>(num_voxels * bytes_per_voxel));
  }
}

}  // namespace bramble
