#pragma once

#include "pipeline/records/acquisition.hpp"
#include "pipeline/records/calibration.hpp"

#include <string>
#include <vector>

namespace bramble {

// conditions.json: the calibration of each acquisition condition. Committed by rename.
void write_conditions(const std::string& path, const std::vector<Calibration>& calibrations);
std::vector<Calibration> read_conditions(const std::string& path);  // throws DataError

// The calibration of the stack's condition; nullptr when there is none.
const Calibration* find_calibration(const Acquisition& acquisition,
                                    const std::vector<Calibration>& calibrations);

}  // namespace bramble
