#include "pipeline/stack/stack_analyser.hpp"

#include "kernels/align/average_in_plane.hpp"
#include "kernels/core/gaussian.hpp"
#include "kernels/core/maximum_projection.hpp"
#include "kernels/core/middle_value.hpp"
#include "kernels/core/view_in.hpp"
#include "kernels/restore/subtract_level.hpp"
#include "kernels/spine/blob_response.hpp"
#include "kernels/spine/local_maxima.hpp"
#include "pipeline/records/flags.hpp"
#include "pipeline/stack/detect_spines.hpp"
#include "pipeline/stack/estimate_background.hpp"
#include "pipeline/stack/photon_scale.hpp"
#include "pipeline/stack/restore_stack.hpp"
#include "pipeline/stack/segment_stack.hpp"
#include "pipeline/stack/slice_motion.hpp"
#include "pipeline/stack/trace_stack.hpp"

#include <chrono>
#include <cmath>

namespace bramble {

namespace {

constexpr float alignment_spacing_um = 0.5f;
// The grain that restoration leaves is smoothed away before centrelines are fitted.
constexpr float ridge_sigma_xy_um = 0.2f;
constexpr float ridge_sigma_z_um = 0.7f;
// Candidates are looked for down to this many noise units of the blob response; the score decides
// later.
constexpr float maxima_threshold_sigma = 2.0f;
constexpr float maxima_radius_um = 0.24f;

int voxels_across(float length_um, float spacing_um) {
  return std::max(1, static_cast<int>(std::lround(length_um / spacing_um)));
}

// Reports what each stage took.
class StageTimer {
 public:
  explicit StageTimer(const StageObserver& observe) : observe_(observe), start_(Clock::now()) {}
  void finish(const std::string& stage) {
    const Clock::time_point now = Clock::now();
    if (observe_) {
      observe_(stage, std::chrono::duration<double>(now - start_).count());
    }
    start_ = now;
  }

 private:
  using Clock = std::chrono::steady_clock;
  const StageObserver& observe_;
  Clock::time_point start_;
};

}  // namespace

struct StackAnalyser::Workspace {
  explicit Workspace(MemorySpace space)
      : counts(space),
        corrected(space),
        background_nodes(space),
        work(space),
        segment(space),
        trace(space),
        maxima(space),
        projection(space),
        averaged(space) {}

  Volume<float> counts;     // the stack on the device; unused on the CPU
  Volume<float> corrected;  // the stack without its motion; unused when there is none
  Volume<float> background_nodes;
  WorkVolumes work;
  RestoreStack restore;
  SegmentStack segment;
  TraceStack trace;
  LocalMaximaScratch maxima;
  Volume<float> projection;
  Volume<float> averaged;
  // What the host reads of the device's volumes; unused on the CPU.
  Volume<float> host_buffers[3];

  void picture(const Exec& exec, VolumeView<const float> stack, float background_counts,
               StackResult& result) {
    projection.reshape({1, stack.extent.y, stack.extent.x}, stack.spacing);
    maximum_projection(exec, stack, background_counts, projection.view());
    copy(exec, projection, result.projection);
    const AverageFactors factors = average_factors(stack.spacing, alignment_spacing_um);
    const Spacing spacing{stack.spacing.z_um, stack.spacing.y_um * static_cast<float>(factors.y),
                          stack.spacing.x_um * static_cast<float>(factors.x)};
    averaged.reshape(averaged_extent(stack.extent, factors), spacing);
    average_in_plane(exec, stack, factors, background_counts, averaged.view());
    copy(exec, averaged, result.alignment);
  }

  // The stack with the motion taken out; itself when nothing moved.
  VolumeView<const float> without_motion(const Exec& exec, VolumeView<const float> stack,
                                         const SliceMotion& motion, float saturation_counts) {
    if (!motion.changes_stack()) {
      return stack;
    }
    corrected.reshape(stack.extent, stack.spacing);
    correct_motion(exec, motion, stack, saturation_counts, corrected.view());
    return std::as_const(corrected).view();
  }

  // The background, where kernels can read it.
  BackgroundField background_of(const Exec& exec, VolumeView<const float> stack,
                                const NoiseModel& noise) {
    const Background background = estimate_background(exec, stack, noise);
    background_nodes.reshape(background.nodes.extent(), background.nodes.spacing());
    copy(exec, background.nodes, background_nodes);
    return {.nodes = std::as_const(background_nodes).view(),
            .rows_per_node = background.rows_per_node,
            .columns_per_node = background.columns_per_node};
  }

  // The medium filtered stack, background-subtracted, in work.second.
  VolumeView<const float> smooth_for_trace(const Exec& exec, VolumeView<const float> stack,
                                           float background_counts) {
    subtract_level(exec, stack, background_counts, work.fourth.view());
    smooth_gaussian(exec, std::as_const(work.fourth).view(), work.first.view(), work.second.view(),
                    {spine_sigma_z_um, medium_sigma_um, medium_sigma_um});
    return view_in(exec, MemorySpace::host, work.second, host_buffers[0]);
  }

  // The restored stack, smoothed, in work.third.
  VolumeView<const float> smooth_for_ridge(const Exec& exec) {
    smooth_gaussian(exec, std::as_const(work.restored).view(), work.first.view(), work.third.view(),
                    {ridge_sigma_z_um, ridge_sigma_xy_um, ridge_sigma_xy_um});
    return view_in(exec, MemorySpace::host, work.third, host_buffers[1]);
  }

  // All filtered forms, from work.fourth (the background-subtracted stack) and work.second
  // (medium). The blob response stays in work.third.
  SpineVolumes filter_for_spines(const Exec& exec) {
    const auto smooth = [&](float sigma_um) {
      smooth_gaussian(exec, std::as_const(work.fourth).view(), work.first.view(),
                      work.restored.view(), {spine_sigma_z_um, sigma_um, sigma_um});
    };
    smooth(blob_sigma_um);
    blob_response(exec, std::as_const(work.restored).view(), blob_sigma_um, work.third.view());
    smooth(fine_sigma_um);
    const auto host = [&](const Volume<float>& volume, int buffer) {
      return view_in(exec, MemorySpace::host, volume, host_buffers[buffer]);
    };
    return {.fine = host(work.restored, 1),
            .medium = host(work.second, 0),
            .blob = host(work.third, 2)};
  }
};

StackAnalyser::StackAnalyser(Exec exec, Parameters parameters)
    : exec_(exec),
      parameters_(std::move(parameters)),
      workspace_(std::make_unique<Workspace>(exec.space())) {}

StackAnalyser::~StackAnalyser() = default;
StackAnalyser::StackAnalyser(StackAnalyser&&) noexcept = default;
StackAnalyser& StackAnalyser::operator=(StackAnalyser&&) noexcept = default;

StackResult StackAnalyser::analyse(const StackIdentity& identity, const Acquisition& acquisition,
                                   const Calibration& calibration, const Volume<float>& psf,
                                   const Volume<float>& counts, const StageObserver& observe) {
  Workspace& space = *workspace_;
  WorkVolumes& work = space.work;
  StageTimer timer(observe);
  StackResult result;
  result.identity = identity;
  result.acquisition = acquisition;
  result.calibration = calibration;
  result.flags = calibration.flags;

  const NoiseModel noise = estimate_noise(counts.view(), acquisition);
  const float saturation = saturation_counts(acquisition);
  const VolumeView<const float> stored = view_in(exec_, exec_.space(), counts, space.counts);
  work.reshape(stored.extent, stored.spacing);
  space.picture(exec_, stored, noise.background_counts, result);
  timer.finish("background");

  const SliceMotion motion =
      parameters_.restore.motion_correction
          ? estimate_slice_motion(exec_, counts.view(), stored, noise.offset_counts)
          : SliceMotion{};
  const VolumeView<const float> stack = space.without_motion(exec_, stored, motion, saturation);
  if (motion.num_dropped() > 0) {
    result.flags = with_flag(result.flags, "dropped_slices");
  }
  timer.finish("motion");

  const BackgroundField background = space.background_of(exec_, stack, noise);
  result.restoration = space.restore.run(exec_,
                                         {.counts = stack,
                                          .psf = &psf,
                                          .condition = calibration.condition,
                                          .iterations = calibration.iterations,
                                          .noise = noise,
                                          .background = background,
                                          .saturation_counts = saturation},
                                         parameters_.restore, work.restored.view());
  timer.finish("restore");

  space.segment.run(exec_, stack, photon_scale(noise, saturation), background, parameters_.segment,
                    work);
  timer.finish("segment");

  const VolumeView<const float> smoothed =
      space.smooth_for_trace(exec_, stack, noise.background_counts);
  const float noise_counts = noise.noise_counts(noise.background_counts);
  const float smoothing_fwhm_um = static_cast<float>(gaussian_fwhm_per_sigma) * medium_sigma_um;
  const VolumeView<const float> ridge = space.smooth_for_ridge(exec_);
  const Trace trace = space.trace.run(
      exec_, space.segment.foreground(), {.smoothed = smoothed, .ridge = ridge}, parameters_.trace,
      {.centreline = {.smoothing_um = parameters_.trace.centreline_smoothing_um},
       .min_length_um = parameters_.trace.min_dendrite_length_um,
       .blur_fwhm_um = std::hypot(calibration.psf_fwhm_xy_um, smoothing_fwhm_um),
       .noise_counts = noise_counts});
  timer.finish("trace");

  const SpineVolumes volumes = space.filter_for_spines(exec_);
  const Spacing spacing = stack.spacing;
  const float blob_noise = blob_noise_gain(spacing) * noise_counts;
  const std::vector<Voxel> maxima =
      find_local_maxima(exec_, std::as_const(work.third).view(),
                        {.threshold = maxima_threshold_sigma * blob_noise,
                         .radius = {1, voxels_across(maxima_radius_um, spacing.y_um),
                                    voxels_across(maxima_radius_um, spacing.x_um)}},
                        space.maxima);
  const ShaftIndex shafts(trace.dendrites, parameters_.spines.max_length_um);
  result.spines = detect_spines(maxima, trace.spurs, shafts, volumes, noise,
                                {.candidates = {.max_lateral_um = parameters_.spines.max_length_um},
                                 .measure = {.psf_fwhm_xy_um = calibration.psf_fwhm_xy_um},
                                 .keep_probability = parameters_.spines.keep_probability});
  timer.finish("spines");

  result.quality = {.background_counts = noise.background_counts,
                    .noise_counts = noise_counts,
                    .gain_counts = noise.gain_counts,
                    .saturation_frac = noise.saturation_frac,
                    .motion_um = static_cast<float>(motion.rms_um()),
                    .num_dropped_slices = motion.num_dropped()};
  std::vector<float> snr;
  for (const Dendrite& dendrite : trace.dendrites) {
    snr.push_back(dendrite.snr);
  }
  if (!snr.empty()) {
    result.quality.snr = middle_value(std::move(snr));
  } else {
    result.flags = with_flag(result.flags, "no_dendrite");
  }
  result.dendrites = trace.dendrites;
  undo_motion(motion, result);
  return result;
}

}  // namespace bramble
