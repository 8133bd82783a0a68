#pragma once

#include "pipeline/records/calibration.hpp"
#include "pipeline/records/condition_trial.hpp"
#include "pipeline/records/stack_result.hpp"

#include <string>

namespace bramble {

// What the log says of restoration, each in one line.

// How the stacks of a condition are restored: iterations, PSF, its source and fit, flags.
std::string to_text(const Calibration& calibration);

// What one stack's trial came to, with the held-out log-likelihood gained after 1, 2, ...
// iterations; or why it came to nothing.
std::string to_text(const ConditionTrial& trial);

// What was found in a stack and how its restoration went.
std::string to_text(const StackResult& result);

}  // namespace bramble
