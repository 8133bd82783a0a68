#pragma once

#include "pipeline/records/calibration.hpp"
#include "pipeline/records/manifest.hpp"
#include "pipeline/records/parameters.hpp"

#include <string>
#include <vector>

namespace bramble {

// The key of an acquisition condition: voxel size, voxel type, wavelength, NA and refractive index,
// as text. Stacks with the same key are restored with the same PSF and the same number of
// iterations, whatever their day or animal.
std::string acquisition_condition(const Acquisition& acquisition);

// One calibration per condition of the manifest, by condition. A pure function of its arguments.
// The PSF and the iteration number are the parameters' for now; conditions without PSF metadata are
// flagged "psf_assumed".
std::vector<Calibration> calibrate(const Manifest& manifest, const RestoreParameters& parameters);

}  // namespace bramble
