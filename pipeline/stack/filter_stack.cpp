#include "pipeline/stack/filter_stack.hpp"

#include "kernels/core/gaussian.hpp"
#include "kernels/core/view_in.hpp"
#include "kernels/restore/subtract_level.hpp"

#include <utility>

namespace bramble {

namespace {

constexpr float ridge_sigma_xy_um = 0.2f;
constexpr float ridge_sigma_z_um = 0.7f;

void smooth_in_place(const Exec& exec, Volume<float>& volume, const GaussianParams& params,
                     WorkVolumes& work) {
  smooth_gaussian(exec, std::as_const(volume).view(), work.slices, volume.view(), params);
}

void smooth_counts(const Exec& exec, CountsView stack, float background_counts, float sigma_um,
                   Volume<float>& smoothed, WorkVolumes& work) {
  subtract_level(exec, stack, background_counts, smoothed.view());
  smooth_in_place(exec, smoothed, {spine_sigma_z_um, sigma_um, sigma_um}, work);
}

}  // namespace

VolumeView<const float> smooth_for_trace(const Exec& exec, CountsView stack,
                                         float background_counts, WorkVolumes& work) {
  smooth_counts(exec, stack, background_counts, medium_sigma_um, work.first, work);
  return view_in(exec, MemorySpace::host, work.first, work.on_host[0]);
}

VolumeView<const float> smooth_for_ridge(const Exec& exec, WorkVolumes& work) {
  smooth_in_place(exec, work.restored, {ridge_sigma_z_um, ridge_sigma_xy_um, ridge_sigma_xy_um},
                  work);
  return view_in(exec, MemorySpace::host, work.restored, work.on_host[1]);
}

}  // namespace bramble
