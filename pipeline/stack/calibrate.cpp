#include "pipeline/stack/calibrate.hpp"

#include <charconv>
#include <map>

namespace bramble {

namespace {

void append(std::string& key, const char* name, float value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  key += (key.empty() ? "" : " ") + std::string(name) + "=" + std::string(text, end);
}

}  // namespace

std::string acquisition_condition(const Acquisition& acquisition) {
  std::string key;
  append(key, "z_um", acquisition.spacing.z_um);
  append(key, "y_um", acquisition.spacing.y_um);
  append(key, "x_um", acquisition.spacing.x_um);
  key += " type=" + acquisition.voxel_type;
  append(key, "excitation_nm", acquisition.excitation_nm.value_or(0));
  append(key, "numerical_aperture", acquisition.numerical_aperture.value_or(0));
  append(key, "refractive_index", acquisition.refractive_index.value_or(0));
  return key;
}

std::vector<Calibration> calibrate(const Manifest& manifest, const RestoreParameters& parameters) {
  std::map<std::string, Calibration> by_condition;
  for (const ManifestEntry& entry : manifest.stacks) {
    if (!entry.problem.empty()) {
      continue;
    }
    const std::string condition = acquisition_condition(entry.acquisition);
    by_condition[condition] = {.condition = condition,
                               .iterations = parameters.iterations,
                               .psf_fwhm_xy_um = parameters.psf_fwhm_xy_um,
                               .psf_fwhm_z_um = parameters.psf_fwhm_z_um,
                               .flags = "psf_assumed"};
  }
  std::vector<Calibration> calibrations;
  for (const auto& [condition, calibration] : by_condition) {
    calibrations.push_back(calibration);
  }
  return calibrations;
}

}  // namespace bramble
