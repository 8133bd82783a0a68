#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/geometry.hpp"

#include <benchmark/benchmark.h>

#include <functional>
#include <string>
#include <vector>

namespace bramble {

// Times one operation: called with the backend and the size of the volume, loops over the state.
using VolumeBenchmark = std::function<void(benchmark::State&, const Exec&, Extent)>;

struct NamedBenchmark {
  std::string name;
  VolumeBenchmark body;
};

// Runs the benchmarks on the CPU and, where there is a device, on CUDA, for 256 x 256 x 64 and 512
// x 512 x 128 voxels, each several times over; the program reports the median and the spread. Names
// are <name>/<backend>/<x>x<y>x<z>.
int run_on_each_backend(int argc, char** argv, const std::vector<NamedBenchmark>& benchmarks);

// Reports voxels a second for what is timed now, and bytes a second when bytes_per_voxel is not 0.
void report_voxels(benchmark::State& state, Extent extent, double bytes_per_voxel);

}  // namespace bramble
