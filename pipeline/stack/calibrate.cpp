#include "pipeline/stack/calibrate.hpp"

#include "kernels/core/middle_value.hpp"
#include "pipeline/records/flags.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace bramble {

namespace {

void append(std::string& key, const char* name, float value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  key += (key.empty() ? "" : " ") + std::string(name) + "=" + std::string(text, end);
}

// The PSF itself; of several, their mean widths.
PsfRecord summary_of(const std::vector<PsfRecord>& psfs) {
  if (psfs.size() < 2) {
    return psfs.empty() ? PsfRecord() : psfs.front();
  }
  PsfRecord summary{.source = "parameters", .model = "by_depth"};
  const auto part = 1 / static_cast<double>(psfs.size());
  for (const PsfRecord& psf : psfs) {
    summary.fwhm_xy_um += part * psf.fwhm_xy_um;
    summary.fwhm_z_um += part * psf.fwhm_z_um;
    summary.flags = with_flags(summary.flags, psf.flags);
  }
  return summary;
}

}  // namespace

std::string acquisition_condition(const Acquisition& acquisition,
                                  const RestoreParameters& parameters) {
  std::string key;
  append(key, "z_um", acquisition.spacing.z_um);
  append(key, "y_um", acquisition.spacing.y_um);
  append(key, "x_um", acquisition.spacing.x_um);
  key += " type=" + acquisition.voxel_type;
  append(key, "excitation_nm", acquisition.excitation_nm.value_or(0));
  append(key, "numerical_aperture", acquisition.numerical_aperture.value_or(0));
  append(key, "refractive_index", acquisition.refractive_index.value_or(0));
  if (acquisition.gain_counts) {
    char gain[32];
    std::snprintf(gain, sizeof gain, " gain=%.2g", static_cast<double>(*acquisition.gain_counts));
    key += gain;
  }
  if (!acquisition.psf_path.empty()) {
    key += " psf=" + acquisition.psf_path;
  }
  for (const PsfDepth& depth : parameters.psf_depths) {
    append(key, "psf_from_um", depth.from_um);
    append(key, "to_um", depth.to_um);
    key += " psf=" + depth.psf;
    if (depth.psf == "gaussian") {
      append(key, "fwhm_xy_um", depth.psf_fwhm_xy_um);
      append(key, "fwhm_z_um", depth.psf_fwhm_z_um);
    }
  }
  return key;
}

PsfStretch agreed_stretch(const std::vector<ConditionTrial>& trials) {
  std::vector<double> in_plane;
  std::vector<double> axial;
  for (const ConditionTrial& trial : trials) {
    if (trial.problem.empty()) {
      in_plane.push_back(trial.psf_stretch_xy);
      axial.push_back(trial.psf_stretch_z);
    }
  }
  if (axial.empty()) {
    return {};
  }
  return {.xy = middle_value(std::move(in_plane)), .z = middle_value(std::move(axial))};
}

Calibration calibrate(const std::string& condition, const RestoreParameters& parameters,
                      const std::vector<PsfRecord>& psfs,
                      const std::vector<ConditionTrial>& trials) {
  constexpr int default_iterations = 20;
  const PsfStretch stretch = agreed_stretch(trials);
  const PsfRecord psf = summary_of(psfs);
  Calibration calibration{.condition = condition,
                          .iterations = default_iterations,
                          .psf_source = psf.source,
                          .psf_model = psf.model,
                          .psf_stretch_xy = static_cast<float>(stretch.xy),
                          .psf_stretch_z = static_cast<float>(stretch.z),
                          .psf_fwhm_xy_um = static_cast<float>(psf.fwhm_xy_um),
                          .psf_fwhm_z_um = static_cast<float>(psf.fwhm_z_um),
                          .psf_depths = psfs.size() > 1 ? psfs : std::vector<PsfRecord>(),
                          .flags = psf.flags};
  std::vector<double> iterations;
  std::string problem;
  for (const ConditionTrial& trial : trials) {
    if (trial.problem.empty()) {
      iterations.push_back(trial.iterations);
    } else {
      problem = trial.problem;
    }
  }
  if (parameters.iterations) {
    calibration.iterations = *parameters.iterations;
  } else if (!iterations.empty()) {
    calibration.iterations = static_cast<int>(std::lround(middle_value(std::move(iterations))));
  } else {
    calibration.flags = with_flag(calibration.flags, "iterations_default");
    if (!problem.empty()) {
      calibration.flags = with_flag(calibration.flags, problem);
    }
  }
  return calibration;
}

}  // namespace bramble
