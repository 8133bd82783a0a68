#include "jobs/restoration_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <vector>

namespace bramble {
namespace {

std::string depth_text(const PsfRecord& psf) {
  const std::string range = std::isfinite(psf.to_um)
                                ? fmt::format("{:g} to {:g} um", psf.from_um, psf.to_um)
                                : fmt::format("from {:g} um", psf.from_um);
  return fmt::format("{} {} ({}), {:.2f} x {:.2f} um wide", range, psf.source, psf.model,
                     psf.fwhm_xy_um, psf.fwhm_z_um);
}

std::string psf_text(const Calibration& calibration) {
  if (!calibration.psf_depths.empty()) {
    std::vector<std::string> ranges;
    for (const PsfRecord& psf : calibration.psf_depths) {
      ranges.push_back(depth_text(psf));
    }
    return fmt::format("PSF by depth: {}", fmt::join(ranges, ", "));
  }
  return fmt::format("PSF {} ({}), {:.2f} x {:.2f} um wide, stretched {:.2f} x {:.2f}",
                     calibration.psf_source, calibration.psf_model, calibration.psf_fwhm_xy_um,
                     calibration.psf_fwhm_z_um, calibration.psf_stretch_xy,
                     calibration.psf_stretch_z);
}

std::string flags_text(const std::string& flags) {
  return flags.empty() ? std::string() : fmt::format(" [{}]", flags);
}

std::string residual_text(const Restoration& restoration) {
  return fmt::format(
      "{:.1f} % at the floor, residual mean {:.2f}, variance {:.2f}, correlation {:.2f}",
      100 * restoration.floor_frac, restoration.residual_mean, restoration.residual_variance,
      restoration.residual_correlation);
}

}  // namespace

std::string to_text(const Calibration& calibration) {
  return fmt::format("condition {}: {} iterations, {}{}", calibration.condition,
                     calibration.iterations, psf_text(calibration), flags_text(calibration.flags));
}

std::string to_text(const ConditionTrial& trial) {
  if (!trial.problem.empty()) {
    return fmt::format("condition {}: stack {} cannot tell ({}{}{})", trial.condition,
                       trial.stack_id, trial.problem, trial.message.empty() ? "" : ": ",
                       trial.message);
  }
  std::vector<std::string> gained;
  for (const double likelihood : trial.held_out_log_likelihood) {
    gained.push_back(fmt::format("{:.0f}", likelihood - trial.held_out_log_likelihood.front()));
  }
  return fmt::format(
      "condition {}: stack {} asks for {} iterations and a PSF stretched {:.2f} x {:.2f}; held-out "
      "log-likelihood gained {}",
      trial.condition, trial.stack_id, trial.iterations, trial.psf_stretch_xy, trial.psf_stretch_z,
      fmt::join(gained, " "));
}

std::string to_text(const StackResult& result) {
  const Restoration& restoration = result.restoration;
  const std::string restored =
      restoration.method == "none"
          ? std::string("kept as recorded")
          : fmt::format("{} x {} ({}), {}; {}", restoration.iterations, restoration.method,
                        restoration.engine, psf_text(result.calibration),
                        residual_text(restoration));
  return fmt::format("{} dendrites, {} spine candidates; {}; slices moved {:.2f} um{}",
                     result.dendrites.size(), result.spines.size(), restored,
                     result.quality.motion_um, flags_text(result.flags));
}

}  // namespace bramble
