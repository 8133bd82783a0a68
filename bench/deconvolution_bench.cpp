#include "kernels/core/fft.hpp"
#include "kernels/restore/deconvolution.hpp"

#include <benchmark/benchmark.h>

#include <sys/resource.h>

#include <algorithm>
#include <cmath>

// How long does one iteration of deconvolution take, in real space and by Fourier transforms, next
// to two pairs of transforms of the same extent?
namespace bramble {
namespace {

constexpr Spacing spacing{0.5f, 0.1f, 0.1f};
constexpr Extent image{64, 512, 512};
constexpr int num_repetitions = 5;

// Tubes of light on a dim ground, in counts: 30 a photon, offset 100.
Volume<float> stack() {
  Volume<float> counts(MemorySpace::host, image, spacing);
  for (std::int64_t i = 0; i < counts.voxels().size(); ++i) {
    const Voxel v = image.voxel(i);
    const double wave = std::sin(0.05 * v.x) * std::cos(0.037 * v.y + 0.1 * v.z);
    const double photons = wave > 0.95 ? 40 : 0.5;
    counts.voxels()[i] = static_cast<float>(100 + 30 * photons);
  }
  return counts;
}

// A Gaussian within `radius` voxels, leaning in x with z so that it is not separable where asked.
Volume<float> psf_of(int radius, bool is_separable) {
  const int size = 2 * radius + 1;
  Volume<float> psf(MemorySpace::host, {size, size, size}, spacing);
  double total = 0;
  for (std::int64_t i = 0; i < psf.voxels().size(); ++i) {
    const Voxel v = psf.extent().voxel(i);
    const double z = v.z - radius;
    const double y = v.y - radius;
    const double x = v.x - radius - (is_separable ? 0 : 0.2 * z);
    psf.voxels()[i] = static_cast<float>(std::exp(-(z * z + y * y + x * x) / (2 * 1.83 * 1.83)));
    total += static_cast<double>(psf.voxels()[i]);
  }
  for (float& value : psf.voxels()) {
    value = static_cast<float>(static_cast<double>(value) / total);
  }
  return psf;
}

// Time of a run of `state.range(0)` iterations; the difference of two runs is that of iterations.
void time_restoration(benchmark::State& state, const Volume<float>& psf) {
  const Volume<float> counts = stack();
  Volume<float> restored(MemorySpace::host, image, spacing);
  Deconvolver deconvolver(cpu_exec, image, psf);
  const DeconvolutionParams params{.iterations = static_cast<int>(state.range(0))};
  const PhotonScale scale{.offset_counts = 100, .gain_counts = 30, .read_variance_photons = 0.16f};
  deconvolver.restore(cpu_exec, counts.view(), scale, {}, restored.view(), {.iterations = 0});
  for (auto _ : state) {
    deconvolver.restore(cpu_exec, counts.view(), scale, {}, restored.view(), params);
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto padded = static_cast<double>(deconvolver.padded_extent().num_voxels());
  state.counters["B/voxel"] = static_cast<double>(deconvolver.num_bytes()) / padded;
  state.counters["peak B/voxel"] = 1024.0 * static_cast<double>(usage.ru_maxrss) / padded;
  state.counters["Mvoxels"] = padded / 1e6;
}

void time_fourier(benchmark::State& state) { time_restoration(state, psf_of(20, false)); }

void time_real_space(benchmark::State& state) { time_restoration(state, psf_of(8, true)); }

// One forward and one inverse transform of the extent that `fourier` works on.
void time_transforms(benchmark::State& state) {
  const Extent padded{105, 560, 560};
  const auto planning = static_cast<FftPlanning>(state.range(0));
  const Fft3d fft(cpu_exec, padded, planning);
  Array<float> real(MemorySpace::host, padded.num_voxels());
  Array<Complex> spectrum(MemorySpace::host, fft.spectrum_extent().num_voxels());
  const auto there_and_back = [&] {
    fft.forward(cpu_exec, real.data(), spectrum.data());
    fft.inverse(cpu_exec, spectrum.data(), real.data());
  };
  std::fill(real.begin(), real.end(), 0.0f);
  there_and_back();
  for (auto _ : state) {
    there_and_back();
  }
}

void repeated(benchmark::internal::Benchmark* benchmark) {
  benchmark->Unit(benchmark::kMillisecond)
      ->MeasureProcessCPUTime()
      ->UseRealTime()
      ->Repetitions(num_repetitions)
      ->ReportAggregatesOnly();
}

BENCHMARK(time_transforms)->Name("transform_pair/planning")->Arg(0)->Arg(1)->Apply(repeated);
BENCHMARK(time_fourier)->Name("fourier_41/iterations")->Arg(1)->Arg(5)->Apply(repeated);
BENCHMARK(time_real_space)->Name("real_space_17/iterations")->Arg(1)->Arg(5)->Apply(repeated);

}  // namespace
}  // namespace bramble

BENCHMARK_MAIN();
