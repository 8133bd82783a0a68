#include "pipeline/stack/restore_stack.hpp"

#include "kernels/core/error.hpp"
#include "kernels/restore/subtract_level.hpp"
#include "pipeline/stack/estimate_background.hpp"

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

PhotonScale scale_of(const NoiseModel& noise, float saturation_counts) {
  // Without a gain a count is taken for a photon.
  const float gain_counts = noise.gain_counts > 0 ? noise.gain_counts : 1;
  return {.offset_counts = noise.offset_counts,
          .gain_counts = gain_counts,
          .read_variance_photons = noise.read_variance_counts / (gain_counts * gain_counts),
          .saturation_counts = saturation_counts};
}

std::optional<Extent> tile_of(Extent tile) {
  return tile.num_voxels() > 0 ? std::optional(tile) : std::nullopt;
}

}  // namespace

Restoration RestoreStack::run(const Exec& exec, const RestoreInput& input,
                              const RestoreParameters& parameters, VolumeView<float> restored) {
  const VolumeView<const float> counts = input.counts;
  if (input.iterations == 0) {
    subtract_level(exec, counts, input.noise.background_counts, restored);
    return {.method = "none"};
  }
  const bool is_planned = deconvolver_ && extent_ == counts.extent && spacing_ == counts.spacing &&
                          condition_ == input.condition;
  if (!is_planned) {
    require(input.psf != nullptr, "a restoration needs a PSF");
    deconvolver_.reset();  // its memory first
    deconvolver_ =
        std::make_unique<Deconvolver>(exec, counts.extent, *input.psf, tile_of(parameters.tile));
    extent_ = counts.extent;
    spacing_ = counts.spacing;
    condition_ = input.condition;
    background_ = Volume<float>(exec.space());
  }
  const PhotonScale scale = scale_of(input.noise, input.saturation_counts);
  const Background background = estimate_background(exec, counts, input.noise);
  background_.reshape(background.nodes.extent(), background.nodes.spacing());
  copy(exec, background.nodes, background_);
  const DeconvolutionReport report =
      deconvolver_->restore(exec, counts, scale,
                            {.nodes = std::as_const(background_).view(),
                             .rows_per_node = background.rows_per_node,
                             .columns_per_node = background.columns_per_node},
                            restored,
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
