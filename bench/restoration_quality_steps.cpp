#include "bench/restoration_quality_steps.hpp"

#include "kernels/restore/fourier_engine.hpp"
#include "kernels/restore/separable_engine.hpp"
#include "kernels/restore/separable_psf.hpp"
#include "pipeline/stack/split_photons.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

namespace bramble {
namespace {

constexpr std::size_t most_worse = 20;

// Of a constant.
Volume<float> node_of(float value) {
  Volume<float> node(MemorySpace::host, {1, 1, 1}, {1, 1, 1});
  node.voxels()[0] = value;
  return node;
}

// Compares the part of an estimate, which reaches past the image, with the truth.
double error_frac_at(VolumeView<const float> estimate, Voxel origin,
                     VolumeView<const float> truth) {
  double difference = 0;
  double norm = 0;
  for (int z = 0; z < truth.extent.z; ++z) {
    for (int y = 0; y < truth.extent.y; ++y) {
      const float* found = &estimate(origin.z + z, origin.y + y, origin.x);
      const float* expected = &truth(z, y, 0);
      float row_difference = 0;
      float row_norm = 0;
      for (int x = 0; x < truth.extent.x; ++x) {
        row_difference += (found[x] - expected[x]) * (found[x] - expected[x]);
        row_norm += expected[x] * expected[x];
      }
      difference += static_cast<double>(row_difference);
      norm += static_cast<double>(row_norm);
    }
  }
  return std::sqrt(difference / norm);
}

float flat_start(const QualityData& data) {
  const double total =
      std::accumulate(data.photons.data, data.photons.data + data.photons.extent.num_voxels(), 0.0);
  const auto mean =
      static_cast<float>(total / static_cast<double>(data.photons.extent.num_voxels()));
  return std::max(mean - data.background_photons, AdvanceEstimate::floor_photons);
}

template <class Engine>
std::vector<double> errors_with(Engine& engine, const QualityData& data,
                                VolumeView<const float> truth, const DeconvolutionParams& params) {
  const Volume<float> node = node_of(data.background_photons);
  const CompareModel comparison{
      .data = {.counts = data.photons,
               .background = {node.view(), 1, 1},
               .part = data.photons.extent,
               .photons_per_count = 1,
               .saturation_counts = std::numeric_limits<float>::infinity()}};
  std::optional<TotalVariationParams> damping;
  if (params.method == DeconvolutionMethod::total_variation) {
    damping = TotalVariationParams{params.total_variation_weight};
  }
  const bool has_momentum = params.method != DeconvolutionMethod::richardson_lucy;
  engine.start(cpu_exec, flat_start(data));
  std::vector<double> errors;
  for (int k = 0;; ++k) {
    errors.push_back(error_frac_at(engine.estimate(), engine.part_origin(), truth));
    const bool is_past_best = errors.size() > best_of(errors).iteration + most_worse;
    if (k == params.iterations || is_past_best) {
      return errors;
    }
    engine.compare(cpu_exec, comparison);
    const float momentum = has_momentum ? static_cast<float>(k) / static_cast<float>(k + 3) : 0.0f;
    engine.advance(cpu_exec, {momentum}, damping);
  }
}

}  // namespace

double error_frac(VolumeView<const float> found, VolumeView<const float> truth) {
  return error_frac_at(found, {}, truth);
}

std::vector<double> errors_by_iteration(const QualityData& data, const Volume<float>& psf,
                                        VolumeView<const float> truth,
                                        const DeconvolutionParams& params) {
  const Extent extent = data.photons.extent;
  if (const std::optional<SeparablePsf> factors = separate_psf(psf.view())) {
    SeparableEngine engine(cpu_exec, extent, psf.spacing(), *factors);
    return errors_with(engine, data, truth, params);
  }
  FourierEngine engine(cpu_exec, extent, psf, FftPlanning::estimate);
  return errors_with(engine, data, truth, params);
}

BestIteration best_of(const std::vector<double>& errors) {
  const auto best = std::ranges::min_element(errors);
  return {static_cast<std::size_t>(best - errors.begin()), *best};
}

std::size_t first_within(const std::vector<double>& errors, double error_frac) {
  const auto first =
      std::ranges::find_if(errors, [error_frac](double error) { return error <= error_frac; });
  return static_cast<std::size_t>(first - errors.begin());
}

RestoredVolume restore(Deconvolver& deconvolver, const QualityData& data,
                       const DeconvolutionParams& params) {
  const Volume<float> node = node_of(data.background_photons);
  RestoredVolume result{Volume<float>(MemorySpace::host, data.photons.extent, data.photons.spacing),
                        {}};
  result.report = deconvolver.restore(cpu_exec, data.photons, {}, {node.view(), 1, 1},
                                      result.photons.view(), params);
  return result;
}

int held_out_iterations(const QualityData& data, const Volume<float>& psf, std::uint64_t seed) {
  constexpr double held_out_frac = 0.1;
  constexpr int most_iterations = 60;
  const SplitPhotons parts = split_photons(data.photons, {.gain_counts = 1}, held_out_frac, seed);
  const Volume<float> node =
      node_of(static_cast<float>(1 - held_out_frac) * data.background_photons);
  const HeldOut held_out{.photons = parts.held_out.view(), .ratio = parts.ratio};
  Volume<float> restored(MemorySpace::host, data.photons.extent, data.photons.spacing);
  Deconvolver deconvolver(cpu_exec, data.photons.extent, psf);
  return deconvolver
      .restore(cpu_exec, parts.kept.view(), {}, {node.view(), 1, 1}, restored.view(),
               {.iterations = most_iterations}, &held_out)
      .best_iteration;
}

}  // namespace bramble
