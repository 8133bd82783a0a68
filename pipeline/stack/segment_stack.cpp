#include "pipeline/stack/segment_stack.hpp"

#include "kernels/core/fill.hpp"
#include "kernels/core/gaussian.hpp"
#include "kernels/core/view_in.hpp"
#include "kernels/restore/noise_units.hpp"
#include "kernels/segment/local_threshold.hpp"
#include "kernels/segment/tubeness.hpp"
#include "pipeline/stack/robust_level.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {

namespace {

std::int64_t voxels_of(float volume_um3, Spacing spacing) {
  const double voxel_um3 = static_cast<double>(spacing.z_um) * spacing.y_um * spacing.x_um;
  return std::max<std::int64_t>(1, std::llround(volume_um3 / voxel_um3));
}

}  // namespace

void WorkVolumes::reshape(Extent extent, Spacing spacing) {
  for (Volume<float>* volume : {&restored, &first, &second}) {
    volume->reshape(extent, spacing);
  }
}

SegmentStack::SegmentStack(MemorySpace space)
    : low_(space), high_(space), select_scratch_(space), fill_scratch_(space) {}

void SegmentStack::run(const Exec& exec, CountsView stack, const PhotonScale& scale,
                       const BackgroundField& background, const SegmentParameters& parameters,
                       WorkVolumes& work) {
  Volume<float>& smoothed = work.first;
  Volume<float>& response = work.second;
  to_noise_units(exec, stack, scale, background, smoothed.view());
  smooth_gaussian(
      exec, std::as_const(smoothed).view(), work.slices, smoothed.view(),
      {parameters.tube_sigma_z_um, parameters.tube_sigma_xy_um, parameters.tube_sigma_xy_um});

  // Distances along z are counted in sigmas too: the PSF draws everything out along it.
  VolumeView<const float> round = std::as_const(smoothed).view();
  round.spacing.z_um *= parameters.tube_sigma_xy_um / parameters.tube_sigma_z_um;
  fill(exec, response.view(), 0);
  raise_to_tubeness(exec, round, parameters.tube_sigma_xy_um, response.view());
  const float noise = median_positive(view_in(exec, MemorySpace::host, response, work.on_host[0]));

  Volume<float>& local_mean = work.first;
  smooth_gaussian(
      exec, std::as_const(response).view(), work.slices, local_mean.view(),
      {parameters.local_window_um, parameters.local_window_um, parameters.local_window_um});
  threshold_locally(exec, std::as_const(response).view(), std::as_const(local_mean).view(),
                    {.background_counts = 0,
                     .low_threshold_counts = parameters.low_threshold_noise * noise,
                     .high_threshold_counts = parameters.high_threshold_noise * noise,
                     .local_ratio = parameters.local_ratio},
                    low_, high_);
  select_components(exec, low_, high_,
                    {.min_voxels = voxels_of(parameters.min_object_um3, stack.spacing)},
                    select_scratch_, low_);
  fill_cavities(exec, low_, fill_scratch_);
}

}  // namespace bramble
