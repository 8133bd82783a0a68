#include "pipeline/stack/restore_stack.hpp"

#include "kernels/core/error.hpp"
#include "kernels/restore/subtract_level.hpp"
#include "pipeline/stack/photon_scale.hpp"

namespace bramble {
namespace {

DeconvolutionMethod method_of(const std::string& name) {
  if (name == "richardson_lucy") {
    return DeconvolutionMethod::richardson_lucy;
  }
  if (name == "total_variation") {
    return DeconvolutionMethod::total_variation;
  }
  require(name == "scaled_heavy_ball", "restore.method " + name + " is unknown");
  return DeconvolutionMethod::scaled_heavy_ball;
}

std::optional<Extent> tile_of(Extent tile) {
  return tile.num_voxels() > 0 ? std::optional(tile) : std::nullopt;
}

}  // namespace

Restoration RestoreStack::run(const Exec& exec, const RestoreInput& input,
                              const RestoreParameters& parameters, VolumeView<float> restored) {
  const CountsView counts = input.counts;
  if (input.iterations == 0) {
    subtract_level(exec, counts, input.noise.background_counts, restored);
    return {.method = "none"};
  }
  const bool is_planned = deconvolver_ && extent_ == counts.extent && spacing_ == counts.spacing &&
                          condition_ == input.condition;
  if (!is_planned) {
    deconvolver_.reset();  // its memory first
    deconvolver_ =
        std::make_unique<Deconvolver>(exec, counts.extent, input.psf, tile_of(parameters.tile));
    extent_ = counts.extent;
    spacing_ = counts.spacing;
    condition_ = input.condition;
  }
  const DeconvolutionReport report = deconvolver_->restore(
      exec, counts, photon_scale(input.noise, input.saturation_counts), input.background, restored,
      {.method = method_of(parameters.method),
       .iterations = input.iterations,
       .total_variation_weight = parameters.total_variation_weight});
  return {.method = parameters.method,
          .engine = deconvolver_->separable() ? "separable" : "fourier",
          .iterations = report.iterations,
          .floor_frac = report.floor_frac,
          .residual_mean = report.residual_mean,
          .residual_variance = report.residual_variance,
          .residual_correlation = report.residual_correlation};
}

}  // namespace bramble
