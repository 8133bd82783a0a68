#include "jobs/conditions_file.hpp"

#include "io/atomic_file.hpp"
#include "kernels/core/error.hpp"
#include "pipeline/stack/calibrate.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>

namespace bramble {

using nlohmann::json;

namespace {

// JSON has no NaN: it is written as null.
float number_or_nan(const json& number) {
  return number.is_null() ? std::nanf("") : number.get<float>();
}

json to_json(const Calibration& calibration) {
  const auto& [condition, iterations, psf_source, psf_model, psf_stretch_xy, psf_stretch_z,
               psf_fwhm_xy_um, psf_fwhm_z_um, flags] = calibration;
  return {{"condition", condition},
          {"iterations", iterations},
          {"psf_source", psf_source},
          {"psf_model", psf_model},
          {"psf_stretch_xy", psf_stretch_xy},
          {"psf_stretch_z", psf_stretch_z},
          {"psf_fwhm_xy_um", psf_fwhm_xy_um},
          {"psf_fwhm_z_um", psf_fwhm_z_um},
          {"flags", flags}};
}

Calibration calibration_of(const json& one) {
  return {.condition = one.at("condition"),
          .iterations = one.at("iterations"),
          .psf_source = one.at("psf_source"),
          .psf_model = one.at("psf_model"),
          .psf_stretch_xy = one.at("psf_stretch_xy"),
          .psf_stretch_z = one.at("psf_stretch_z"),
          .psf_fwhm_xy_um = number_or_nan(one.at("psf_fwhm_xy_um")),
          .psf_fwhm_z_um = number_or_nan(one.at("psf_fwhm_z_um")),
          .flags = one.at("flags")};
}

json to_json(const ConditionTrial& trial) {
  const auto& [condition, stack_id, problem, iterations, psf_stretch_xy, psf_stretch_z,
               held_out_log_likelihood] = trial;
  return {{"condition", condition},
          {"stack_id", stack_id},
          {"problem", problem},
          {"iterations", iterations},
          {"psf_stretch_xy", psf_stretch_xy},
          {"psf_stretch_z", psf_stretch_z},
          {"held_out_log_likelihood", held_out_log_likelihood}};
}

ConditionTrial trial_of(const json& one) {
  return {.condition = one.at("condition"),
          .stack_id = one.at("stack_id"),
          .problem = one.at("problem"),
          .iterations = one.at("iterations"),
          .psf_stretch_xy = one.at("psf_stretch_xy"),
          .psf_stretch_z = one.at("psf_stretch_z"),
          .held_out_log_likelihood = one.at("held_out_log_likelihood")};
}

template <class Record>
json list_of(const std::vector<Record>& records) {
  json list = json::array();
  for (const Record& record : records) {
    list.push_back(to_json(record));
  }
  return list;
}

}  // namespace

void write_conditions(const std::string& path, const Conditions& conditions) {
  const json document{{"conditions", list_of(conditions.calibrations)},
                      {"trials", list_of(conditions.trials)}};
  write_text_atomically(path, document.dump(2) + "\n");
}

Conditions read_conditions(const std::string& path) {
  try {
    std::ifstream file(path);
    const json document = json::parse(file);
    Conditions conditions;
    for (const json& one : document.at("conditions")) {
      conditions.calibrations.push_back(calibration_of(one));
    }
    for (const json& one : document.at("trials")) {
      conditions.trials.push_back(trial_of(one));
    }
    return conditions;
  } catch (const json::exception& error) {
    throw DataError(path + ": not a list of calibrations (" + error.what() +
                    "); give --out a new folder");
  }
}

std::string trials_to_text(const std::vector<ConditionTrial>& trials) {
  return list_of(trials).dump();
}

std::vector<ConditionTrial> trials_from_text(const std::string& text) {
  std::vector<ConditionTrial> trials;
  for (const json& one : json::parse(text)) {
    trials.push_back(trial_of(one));
  }
  return trials;
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
