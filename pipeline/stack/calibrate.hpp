#pragma once

#include "pipeline/records/acquisition.hpp"
#include "pipeline/records/calibration.hpp"
#include "pipeline/records/condition_trial.hpp"
#include "pipeline/records/parameters.hpp"
#include "pipeline/stack/choose_psf.hpp"

#include <string>
#include <vector>

namespace bramble {

// The key of an acquisition condition: voxel size, voxel type, wavelength, NA, refractive index,
// and, where the archive names them, the gain of the detector (to two digits) and the PSF, and the
// PSFs of ranges of depth that the parameters name, as text. Stacks with the same key are restored
// with the same PSF and the same number of iterations, whatever their day or animal.
std::string acquisition_condition(const Acquisition& acquisition,
                                  const RestoreParameters& parameters);

// What the trials of a condition agree on: the median of their stretches, 1 without any.
PsfStretch agreed_stretch(const std::vector<ConditionTrial>& trials);

// The calibration of a condition. Iterations: those of the parameters, else the median of the
// trials, else (none could tell) 20, flagged "iterations_default" and with what hindered them.
// `psfs` are the records of the PSF at agreed_stretch(trials), or of those of ranges of depth; none
// where they could not be read. A pure function of its arguments.
Calibration calibrate(const std::string& condition, const RestoreParameters& parameters,
                      const std::vector<PsfRecord>& psfs,
                      const std::vector<ConditionTrial>& trials);

}  // namespace bramble
