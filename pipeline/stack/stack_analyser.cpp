#include "pipeline/stack/stack_analyser.hpp"

#include "kernels/align/average_in_plane.hpp"
#include "kernels/core/counts.hpp"
#include "kernels/core/gaussian.hpp"
#include "kernels/core/maximum_projection.hpp"
#include "kernels/core/middle_value.hpp"
#include "kernels/spine/local_maxima.hpp"
#include "pipeline/records/flags.hpp"
#include "pipeline/stack/build_shaft_graph.hpp"
#include "pipeline/stack/detect_spines.hpp"
#include "pipeline/stack/estimate_background.hpp"
#include "pipeline/stack/filter_stack.hpp"
#include "pipeline/stack/photon_scale.hpp"
#include "pipeline/stack/restore_stack.hpp"
#include "pipeline/stack/segment_stack.hpp"
#include "pipeline/stack/slice_motion.hpp"
#include "pipeline/stack/straight_stack.hpp"
#include "pipeline/stack/trace_stack.hpp"

#include <chrono>
#include <cmath>
#include <utility>

namespace bramble {

namespace {

constexpr float alignment_spacing_um = 0.5f;

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
      : corrected(space),
        background_nodes(space),
        work(space),
        segment(space),
        skeletonise(space),
        straight(space),
        maxima(space),
        projection(space),
        averaged(space) {}

  Counts counts;            // the stack on the device; unused on the CPU
  Volume<float> corrected;  // the stack without its motion; unused when there is none
  Volume<float> background_nodes;
  WorkVolumes work;
  RestoreStack restore;
  SegmentStack segment;
  SkeletoniseStack skeletonise;
  StraightStack straight;
  LocalMaximaScratch maxima;
  ScoredCandidates scored;
  Volume<float> projection;
  Volume<float> averaged;

  void picture(const Exec& exec, CountsView stack, float background_counts, StackResult& result) {
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
  CountsView without_motion(const Exec& exec, CountsView stack, const SliceMotion& motion,
                            float saturation_counts) {
    if (!motion.changes_stack()) {
      return stack;
    }
    corrected.reshape(stack.extent, stack.spacing);
    correct_motion(exec, motion, stack, saturation_counts, corrected.view());
    return std::as_const(corrected).view();
  }

  // The background, where kernels can read it.
  BackgroundField background_of(const Exec& exec, CountsView stack, const NoiseModel& noise) {
    const Background background = estimate_background(exec, stack, noise);
    background_nodes.reshape(background.nodes.extent(), background.nodes.spacing());
    copy(exec, background.nodes, background_nodes);
    return {.nodes = std::as_const(background_nodes).view(),
            .rows_per_node = background.rows_per_node,
            .columns_per_node = background.columns_per_node};
  }
};

StackAnalyser::StackAnalyser(Exec exec, Parameters parameters)
    : exec_(exec),
      parameters_(std::move(parameters)),
      workspace_(std::make_unique<Workspace>(exec.space())) {}

StackAnalyser::~StackAnalyser() = default;
StackAnalyser::StackAnalyser(StackAnalyser&&) noexcept = default;
StackAnalyser& StackAnalyser::operator=(StackAnalyser&&) noexcept = default;

const ScoredCandidates& StackAnalyser::candidates() const noexcept { return workspace_->scored; }

StackResult StackAnalyser::analyse(const StackIdentity& identity, const Acquisition& acquisition,
                                   const Calibration& calibration, const StackPsf& psf,
                                   CountsView counts, const StageObserver& observe) {
  Workspace& space = *workspace_;
  WorkVolumes& work = space.work;
  StageTimer timer(observe);
  StackResult result;
  result.identity = identity;
  result.acquisition = acquisition;
  result.calibration = calibration;
  result.flags = calibration.flags;

  const NoiseModel noise = estimate_noise(counts, acquisition);
  const float saturation = saturation_counts(acquisition);
  const CountsView stored = counts_in(exec_, counts, space.counts);
  work.reshape(stored.extent, stored.spacing);
  space.picture(exec_, stored, noise.background_counts, result);
  timer.finish("background");

  const SliceMotion motion = parameters_.restore.motion_correction
                                 ? estimate_slice_motion(exec_, counts, stored, noise.offset_counts)
                                 : SliceMotion{};
  const CountsView stack = space.without_motion(exec_, stored, motion, saturation);
  if (motion.num_dropped() > 0) {
    result.flags = with_flag(result.flags, "dropped_slices");
  }
  timer.finish("motion");

  const BackgroundField background = space.background_of(exec_, stack, noise);
  result.restoration = space.restore.run(exec_,
                                         {.counts = stack,
                                          .psf = psf,
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

  SkeletonGraph graph = space.skeletonise.run(exec_, space.segment.foreground(), work);
  const VolumeView<const float> smoothed =
      smooth_for_trace(exec_, stack, noise.background_counts, work);
  const float noise_counts = noise.noise_counts(noise.background_counts);
  const float smoothing_fwhm_um = static_cast<float>(gaussian_fwhm_per_sigma) * medium_sigma_um;
  const VolumeView<const float> ridge = smooth_for_ridge(exec_, work);
  const Trace trace = trace_graph(
      std::move(graph), {.smoothed = smoothed, .ridge = ridge}, parameters_.trace,
      {.centreline = {.smoothing_um = parameters_.trace.centreline_smoothing_um},
       .min_length_um = parameters_.trace.min_dendrite_length_um,
       .min_branch_length_um = parameters_.trace.min_branch_length_um,
       .blur_fwhm_um = std::hypot(calibration.psf_fwhm_xy_um, smoothing_fwhm_um),
       .blur_fwhm_z_um = std::hypot(calibration.psf_fwhm_z_um,
                                    static_cast<float>(gaussian_fwhm_per_sigma) * spine_sigma_z_um),
       .noise_counts = noise_counts});
  timer.finish("trace");

  space.straight.run(exec_, stack, noise, lay_stations(trace.dendrites), work);
  const ShaftIndex shafts(trace.dendrites, parameters_.spines.max_length_um);
  space.scored =
      score_stack(exec_, space.straight, shafts, parameters_.spines.max_length_um, space.maxima);
  result.spines = select_spines(space.scored, space.straight, shafts,
                                {.measure = {.psf_fwhm_xy_um = calibration.psf_fwhm_xy_um,
                                             .psf_fwhm_z_um = calibration.psf_fwhm_z_um},
                                 .keep_probability = parameters_.spines.keep_probability});
  for (SpineCandidate& candidate : space.scored.candidates) {
    candidate.head = motion.to_stored(candidate.head);
  }
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
  result.shaft_graph = build_shaft_graph(result.dendrites);
  return result;
}

}  // namespace bramble
