#pragma once

#include "jobs/communicator.hpp"
#include "jobs/conditions_file.hpp"
#include "kernels/core/exec.hpp"
#include "pipeline/records/manifest.hpp"
#include "pipeline/records/parameters.hpp"

#include <vector>

namespace bramble {

// The stacks that decide how their acquisition conditions are restored: up to three of each
// condition, the first ones by id, where the parameters leave something to decide. Those that
// `known` holds a trial of are left out.
Manifest stacks_to_try(const Manifest& manifest, const RestoreParameters& parameters,
                       const std::vector<ConditionTrial>& known);

// Tries them, shared out over the ranks, and returns the trials of all, by condition and stack. A
// stack that cannot be read or analysed has one that says why, so that a resume does not decide
// anew once it can: what is restored already would no longer agree with the rest. Collective.
std::vector<ConditionTrial> run_trials(const Communicator& ranks, const Exec& exec,
                                       const Manifest& stacks, const RestoreParameters& parameters);

// The calibration of every condition of the manifest, by condition. Where the PSF cannot be read
// its description is empty: the stacks say why when their turn comes.
std::vector<Calibration> calibrate_conditions(const Manifest& manifest,
                                              const RestoreParameters& parameters,
                                              const std::vector<ConditionTrial>& trials);

}  // namespace bramble
