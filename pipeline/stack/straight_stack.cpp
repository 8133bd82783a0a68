#include "pipeline/stack/straight_stack.hpp"

#include "kernels/core/gaussian.hpp"
#include "kernels/core/view_in.hpp"
#include "kernels/restore/subtract_level.hpp"
#include "kernels/spine/blob_response.hpp"
#include "kernels/spine/shaft_model.hpp"
#include "kernels/spine/spine_cues.hpp"
#include "kernels/spine/straighten.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace bramble {

namespace {

// A Gaussian's squared norm along an axis, sigma in voxels; no more than 1, that of a single voxel.
double squared_norm_in_depth(Spacing spacing) {
  return 1 / std::max(1.0, 2 * std::sqrt(std::numbers::pi) * spine_sigma_z_um / spacing.z_um);
}

VolumeView<const float> smooth_counts(const Exec& exec, CountsView stack, float background_counts,
                                      float sigma_um, WorkVolumes& work) {
  subtract_level(exec, stack, background_counts, work.second.view());
  smooth_gaussian(exec, std::as_const(work.second).view(), work.slices, work.second.view(),
                  {spine_sigma_z_um, sigma_um, sigma_um});
  return std::as_const(work.second).view();
}

}  // namespace

float smoothing_noise_gain(float sigma_um, Spacing spacing) {
  const double plane = 4 * std::numbers::pi * sigma_um / spacing.y_um * sigma_um / spacing.x_um;
  return static_cast<float>(std::sqrt(squared_norm_in_depth(spacing) / plane));
}

float blob_noise_gain(Spacing spacing) {
  // The scale-normalised Laplacian of a Gaussian has the squared norm 1 / (2 pi sigma^2) in plane.
  const double plane =
      2 * std::numbers::pi * blob_sigma_um / spacing.y_um * blob_sigma_um / spacing.x_um;
  return static_cast<float>(std::sqrt(squared_norm_in_depth(spacing) / plane));
}

StraightStack::StraightStack(MemorySpace space)
    : stations_(space),
      fine_(space),
      medium_(space),
      blob_(space),
      restored_(space),
      model_(space),
      restored_model_(space),
      excess_(space),
      scratch_(space) {}

void StraightStack::upload_stations(const Exec& exec) {
  Array<Station> host;
  host.resize(static_cast<std::int64_t>(shafts_.stations.size()));
  std::copy(shafts_.stations.begin(), shafts_.stations.end(), host.begin());
  copy(exec, host, stations_);
}

void StraightStack::straighten_into(const Exec& exec, VolumeView<const float> stack,
                                    Volume<float>& straight) {
  straight.reshape(StraightGrid::extent(static_cast<int>(shafts_.stations.size())),
                   StraightGrid::spacing());
  straighten(exec, stack, stations_.data(), straight.view());
}

void StraightStack::run(const Exec& exec, CountsView stack, const NoiseModel& noise,
                        ShaftStations stations, WorkVolumes& work) {
  shafts_ = std::move(stations);
  upload_stations(exec);
  straighten_into(exec, std::as_const(work.restored).view(), restored_);
  measure_restored_shafts(view_in(exec, MemorySpace::host, restored_, host_buffers_[0]),
                          shafts_.stations);
  upload_stations(exec);
  straighten_into(exec, std::as_const(work.first).view(), medium_);
  const float background = noise.background_counts;
  straighten_into(exec, smooth_counts(exec, stack, background, fine_sigma_um, work), fine_);
  blob_response(exec, smooth_counts(exec, stack, background, blob_sigma_um, work), blob_sigma_um,
                work.restored.view());
  straighten_into(exec, std::as_const(work.restored).view(), blob_);

  const Extent extent = fine_.extent();
  for (Volume<float>* volume : {&model_, &restored_model_, &excess_, &scratch_}) {
    volume->reshape(extent, StraightGrid::spacing());
  }
  model_shaft(exec, std::as_const(fine_).view(), stations_.data(), ShaftScale::counts,
              scratch_.view(), model_.view());
  model_shaft(exec, std::as_const(restored_).view(), stations_.data(), ShaftScale::restored,
              scratch_.view(), restored_model_.view());
  const float at_background = noise.noise_counts(background);
  forms_ = {.fine = std::as_const(fine_).view(),
            .medium = std::as_const(medium_).view(),
            .blob = std::as_const(blob_).view(),
            .restored = std::as_const(restored_).view(),
            .model = std::as_const(model_).view(),
            .restored_model = std::as_const(restored_model_).view(),
            .excess = std::as_const(excess_).view(),
            .noise = {.variance_at_background = at_background * at_background,
                      .gain_counts = noise.gain_counts},
            .fine_noise_gain = smoothing_noise_gain(fine_sigma_um, stack.spacing),
            .blob_noise_gain = blob_noise_gain(stack.spacing)};
  excess_over_shaft(exec, forms_, stations_.data(), excess_.view());

  std::size_t buffer = 0;
  const auto host = [&](const Volume<float>& volume) {
    return view_in(exec, MemorySpace::host, volume, host_buffers_[buffer++]);
  };
  on_host_ = forms_;
  on_host_.fine = host(fine_);
  on_host_.medium = host(medium_);
  on_host_.blob = host(blob_);
  on_host_.restored = host(restored_);
  on_host_.model = host(model_);
  on_host_.restored_model = host(restored_model_);
  on_host_.excess = host(excess_);
}

}  // namespace bramble
