#include "pipeline/stack/condition_trial.hpp"

#include "kernels/restore/deconvolution.hpp"
#include "pipeline/stack/noise_correlation.hpp"
#include "pipeline/stack/split_photons.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace bramble {
namespace {

constexpr std::uint64_t split_seed = 1;

// The brightest window, looked for at steps of half its size.
template <class Count>
Voxel brightest_corner(VolumeView<const Count> counts, Extent window) {
  const Extent extent = counts.extent;
  // Sums of columns of voxels over z and y, one row of them for each step.
  const auto sum_of = [&](int first_y, int first_x) {
    double total = 0;
    for (int z = 0; z < extent.z; ++z) {
      for (int y = first_y; y < first_y + window.y; ++y) {
        const Count* row = &counts(z, y, first_x);
        double row_total = 0;
        for (int x = 0; x < window.x; ++x) {
          row_total += static_cast<double>(row[x]);
        }
        total += row_total;
      }
    }
    return total;
  };
  Voxel best{0, 0, 0};
  double best_sum = -1;
  const int step_y = std::max(1, window.y / 2);
  const int step_x = std::max(1, window.x / 2);
  for (int y = 0; y + window.y <= extent.y; y += step_y) {
    for (int x = 0; x + window.x <= extent.x; x += step_x) {
      const double sum = sum_of(y, x);
      if (sum > best_sum) {
        best_sum = sum;
        best = {0, y, x};
      }
    }
  }
  return best;
}

template <class Count>
Volume<float> brightest_window(VolumeView<const Count> counts, const ConditionTrialParams& params) {
  const Extent window{counts.extent.z, std::min(params.window_rows, counts.extent.y),
                      std::min(params.window_columns, counts.extent.x)};
  const Voxel corner = brightest_corner(counts, window);
  Volume<float> part(MemorySpace::host, window, counts.spacing);
  for (int z = 0; z < window.z; ++z) {
    for (int y = 0; y < window.y; ++y) {
      const Count* row = &counts(z, corner.y + y, corner.x);
      std::transform(row, row + window.x, &part.view()(z, y, 0),
                     [](Count count) { return static_cast<float>(count); });
    }
  }
  return part;
}

// The photons that saturation leaves of a voxel's light when some are held out.
float kept_at_saturation(const NoiseModel& noise, const ConditionTrialParams& params) {
  const float read_photons = noise.read_variance_counts / (noise.gain_counts * noise.gain_counts);
  const float photons =
      (params.saturation_counts - noise.offset_counts) / noise.gain_counts + read_photons;
  return static_cast<float>(1 - params.held_out_frac) * photons;
}

// A saturated voxel must not fall below the mark by chance.
SplitPhotons split_window(const Volume<float>& window, const NoiseModel& noise,
                          const ConditionTrialParams& params) {
  SplitPhotons parts = split_photons(window.view(), noise, params.held_out_frac, split_seed);
  const float mark = kept_at_saturation(noise, params);
  for (std::int64_t i = 0; i < window.voxels().size(); ++i) {
    if (window.voxels()[i] >= params.saturation_counts) {
      parts.kept.voxels()[i] = mark;
    }
  }
  return parts;
}

// A window of a stack with its photons split, in the space of the restoration.
class Trial {
 public:
  Trial(const Exec& exec, CountsView counts, const NoiseModel& noise,
        const ConditionTrialParams& params)
      : exec_(exec),
        max_iterations_(params.max_iterations),
        saturation_photons_(kept_at_saturation(noise, params)),
        parts_(split_window(
            counts.visit([&](auto voxels) { return brightest_window(voxels, params); }), noise,
            params)),
        kept_(exec.space(), parts_.kept.extent(), counts.spacing),
        held_out_(exec.space(), parts_.kept.extent(), counts.spacing),
        restored_(exec.space(), parts_.kept.extent(), counts.spacing),
        background_(exec.space(), {1, 1, 1}, counts.spacing) {
    copy(exec, parts_.kept, kept_);
    copy(exec, parts_.held_out, held_out_);
    Volume<float> level(MemorySpace::host, {1, 1, 1}, counts.spacing);
    level.voxels()[0] = parts_.background_kept;
    copy(exec, level, background_);
  }

  DeconvolutionReport run(const StackPsf& psf) {
    Deconvolver deconvolver(exec_, kept_.extent(), psf);
    const HeldOut held_out{.photons = std::as_const(held_out_).view(), .ratio = parts_.ratio};
    return deconvolver.restore(exec_, std::as_const(kept_).view(),
                               PhotonScale{.saturation_counts = saturation_photons_},
                               {.nodes = std::as_const(background_).view()}, restored_.view(),
                               {.iterations = max_iterations_}, &held_out);
  }

 private:
  Exec exec_;
  int max_iterations_;
  float saturation_photons_;
  SplitPhotons parts_;
  Volume<float> kept_;
  Volume<float> held_out_;
  Volume<float> restored_;
  Volume<float> background_;
};

std::string problem_of(CountsView counts, const NoiseModel& noise) {
  constexpr double largest_correlation = 0.2;
  if (noise.gain_counts <= 0) {
    return "gain_unknown";
  }
  return noise_correlation(counts) > largest_correlation ? "noise_correlated" : "";
}

double best_likelihood(const DeconvolutionReport& report) {
  return std::ranges::max(report.held_out_log_likelihood);
}

struct Candidate {
  PsfStretch stretch;
  DeconvolutionReport report;
};

}  // namespace

ConditionTrial try_iterations(const Exec& exec, CountsView counts, const NoiseModel& noise,
                              const StackPsf& psf, const ConditionTrialParams& params) {
  if (std::string problem = problem_of(counts, noise); !problem.empty()) {
    ConditionTrial trial;
    trial.problem = std::move(problem);
    return trial;
  }
  const DeconvolutionReport report = Trial(exec, counts, noise, params).run(psf);
  ConditionTrial trial;
  trial.iterations = report.best_iteration;
  trial.held_out_log_likelihood = report.held_out_log_likelihood;
  return trial;
}

ConditionTrial try_widths(const Exec& exec, CountsView counts, const NoiseModel& noise,
                          const std::function<Volume<float>(PsfStretch)>& psf_of,
                          const ConditionTrialParams& params) {
  if (std::string problem = problem_of(counts, noise); !problem.empty()) {
    ConditionTrial trial;
    trial.problem = std::move(problem);
    return trial;
  }
  // A narrower PSF can always explain the data, by a wider object, so the likelihood falls steeply
  // only on the side of PSFs that are too wide: the widest that explains them as well is the one.
  // What counts as well, as a part of all that the restoration explains, was chosen on phantoms
  // with widths of 1.5, 1.9 and 2.5 um at 30 and 150 photons, four fields each, of which it finds
  // the width to 5 % (root mean square), 11 % at worst.
  constexpr double negligible_loss_frac = 0.0055;
  Trial trial(exec, counts, noise, params);
  std::vector<Candidate> candidates;
  for (const double factor : {0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4}) {
    const PsfStretch stretch{.xy = 1, .z = factor};
    candidates.push_back({stretch, trial.run(psf_of(stretch))});
  }
  const auto highest = std::ranges::max_element(
      candidates, {}, [](const Candidate& candidate) { return best_likelihood(candidate.report); });
  const double explained =
      best_likelihood(highest->report) - highest->report.held_out_log_likelihood.front();
  const double needed = best_likelihood(highest->report) - negligible_loss_frac * explained;
  const auto widest = std::find_if(
      candidates.rbegin(), candidates.rend(),
      [&](const Candidate& candidate) { return best_likelihood(candidate.report) >= needed; });
  ConditionTrial result;
  result.iterations = widest->report.best_iteration;
  result.psf_stretch_z = static_cast<float>(widest->stretch.z);
  result.held_out_log_likelihood = widest->report.held_out_log_likelihood;
  return result;
}

}  // namespace bramble
