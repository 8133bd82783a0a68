#include "jobs/conditions_file.hpp"

#include "io/atomic_file.hpp"
#include "kernels/core/error.hpp"
#include "pipeline/stack/calibrate.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace bramble {

using nlohmann::json;

void write_conditions(const std::string& path, const std::vector<Calibration>& calibrations) {
  json conditions = json::array();
  for (const Calibration& one : calibrations) {
    const auto& [condition, iterations, psf_fwhm_xy_um, psf_fwhm_z_um, flags] = one;
    conditions.push_back({{"condition", condition},
                          {"iterations", iterations},
                          {"psf_fwhm_xy_um", psf_fwhm_xy_um},
                          {"psf_fwhm_z_um", psf_fwhm_z_um},
                          {"flags", flags}});
  }
  write_text_atomically(path, json{{"conditions", conditions}}.dump(2) + "\n");
}

std::vector<Calibration> read_conditions(const std::string& path) {
  try {
    std::ifstream file(path);
    const json document = json::parse(file);
    std::vector<Calibration> calibrations;
    for (const json& one : document.at("conditions")) {
      calibrations.push_back({.condition = one.at("condition"),
                              .iterations = one.at("iterations"),
                              .psf_fwhm_xy_um = one.at("psf_fwhm_xy_um"),
                              .psf_fwhm_z_um = one.at("psf_fwhm_z_um"),
                              .flags = one.at("flags")});
    }
    return calibrations;
  } catch (const json::exception& error) {
    throw DataError(path + ": not a list of calibrations (" + error.what() +
                    "); give --out a new folder");
  }
}

const Calibration* find_calibration(const Acquisition& acquisition,
                                    const std::vector<Calibration>& calibrations) {
  const std::string condition = acquisition_condition(acquisition);
  const auto found =
      std::find_if(calibrations.begin(), calibrations.end(),
                   [&](const Calibration& one) { return one.condition == condition; });
  return found == calibrations.end() ? nullptr : &*found;
}

}  // namespace bramble
