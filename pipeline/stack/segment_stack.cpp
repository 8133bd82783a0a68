#include "pipeline/stack/segment_stack.hpp"

#include "kernels/core/gaussian.hpp"
#include "kernels/core/view_in.hpp"
#include "kernels/segment/local_threshold.hpp"
#include "pipeline/stack/robust_level.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {

namespace {

// Sigma of what is still to be smoothed when `done_um` has been.
float remaining_sigma_um(float wanted_um, float done_um) {
  return std::sqrt(std::max(0.0f, wanted_um * wanted_um - done_um * done_um));
}

std::int64_t voxels_of(float volume_um3, Spacing spacing) {
  const double voxel_um3 = static_cast<double>(spacing.z_um) * spacing.y_um * spacing.x_um;
  return std::max<std::int64_t>(1, std::llround(volume_um3 / voxel_um3));
}

}  // namespace

void WorkVolumes::reshape(Extent extent, Spacing spacing) {
  for (Volume<float>* volume : {&restored, &first, &second, &third, &fourth}) {
    volume->reshape(extent, spacing);
  }
}

SegmentStack::SegmentStack(MemorySpace space)
    : low_(space), high_(space), select_scratch_(space), fill_scratch_(space) {}

void SegmentStack::run(const Exec& exec, const SegmentParameters& parameters, WorkVolumes& work) {
  const Volume<float>& restored = work.restored;
  Volume<float>& scratch = work.first;
  Volume<float>& smoothed = work.second;
  Volume<float>& local_mean = work.third;
  smooth_gaussian(
      exec, restored.view(), scratch.view(), smoothed.view(),
      {parameters.smoothing_z_um, parameters.smoothing_xy_um, parameters.smoothing_xy_um});
  const float local_xy_um =
      remaining_sigma_um(parameters.local_window_um, parameters.smoothing_xy_um);
  const float local_z_um =
      remaining_sigma_um(parameters.local_window_um, parameters.smoothing_z_um);
  smooth_gaussian(exec, std::as_const(smoothed).view(), scratch.view(), local_mean.view(),
                  {local_z_um, local_xy_um, local_xy_um});

  const RobustLevel level = robust_level(view_in(exec, MemorySpace::host, smoothed, host_buffer_));
  threshold_locally(exec, std::as_const(smoothed).view(), std::as_const(local_mean).view(),
                    {.background_counts = level.median,
                     .low_threshold_counts = parameters.low_threshold_sigma * level.sigma,
                     .high_threshold_counts = parameters.high_threshold_sigma * level.sigma,
                     .local_ratio = parameters.local_ratio},
                    low_, high_);
  select_components(exec, low_, high_,
                    {.min_voxels = voxels_of(parameters.min_object_um3, restored.spacing())},
                    select_scratch_, low_);
  fill_cavities(exec, low_, fill_scratch_);
}

}  // namespace bramble
