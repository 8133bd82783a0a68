#pragma once

#include "pipeline/records/acquisition.hpp"
#include "pipeline/records/calibration.hpp"
#include "pipeline/records/condition_trial.hpp"
#include "pipeline/records/parameters.hpp"

#include <string>
#include <vector>

namespace bramble {

// conditions.json: the calibration of each acquisition condition, and the trials that decided it.
struct Conditions {
  std::vector<Calibration> calibrations;
  std::vector<ConditionTrial> trials;
};

// Committed by rename.
void write_conditions(const std::string& path, const Conditions& conditions);
Conditions read_conditions(const std::string& path);  // throws DataError

// Trials as one line of JSON, to send between ranks.
std::string trials_to_text(const std::vector<ConditionTrial>& trials);
std::vector<ConditionTrial> trials_from_text(const std::string& text);

// The calibration of the stack's condition; nullptr when there is none.
const Calibration* find_calibration(const Acquisition& acquisition,
                                    const RestoreParameters& parameters,
                                    const std::vector<Calibration>& calibrations);

}  // namespace bramble
