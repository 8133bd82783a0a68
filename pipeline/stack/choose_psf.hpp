#pragma once

#include "kernels/core/volume.hpp"
#include "kernels/restore/stack_psf.hpp"
#include "pipeline/records/acquisition.hpp"
#include "pipeline/records/parameters.hpp"
#include "pipeline/records/psf.hpp"

#include <vector>

namespace bramble {

// Factors by which a PSF is made wider (above 1) or narrower, for a scan over its widths.
struct PsfStretch {
  double xy = 1;
  double z = 1;
};

// What was read of files that say how a stack was blurred; null where there is none.
struct PsfFiles {
  const StoredPsf* given = nullptr;     // the file that the parameters name
  const StoredPsf* archived = nullptr;  // the one that the stack's archive names
};

struct ChosenPsf {
  Volume<float> psf;  // on the host, ready to restore with: odd extent, centred, sum 1
  PsfRecord record;
};

// The PSF of a stack: the given file's; else, when parameters.psf is "gaussian", the Gaussian of
// the parameters; else the archive's; else computed from numerical aperture, wavelength and
// refractive index when the metadata has all three (vectorial, a beam that falls to 1/e^2 at the
// rim of the pupil); else the Gaussian of the parameters, flagged "psf_assumed". Measured and
// computed ones are cropped to 99 % of their light, all of them to 2 size - 1 voxels of the stack.
// Impossible optics count as no metadata and are flagged "psf_metadata_implausible". Throws
// DataError that names the file when a PSF cannot be used. A pure function; up to 0.2 s.
ChosenPsf choose_psf(const Acquisition& acquisition, const RestoreParameters& parameters,
                     const PsfFiles& files, PsfStretch stretch = {});

// The PSFs of ranges of depth, from the first slice down, as a stack is restored with them: a slice
// belongs to the range that holds its centre, to a thousandth of the distance between slices, and
// ranges that the stack does not reach are left out. Valid as long as `chosen`. Throws DataError
// when the stack goes deeper than the last range.
StackPsf stack_psf(const std::vector<ChosenPsf>& chosen, const Acquisition& acquisition);

// Whether choose_psf can only assume one, judged by parameters and metadata alone.
bool assumes_psf(const Acquisition& acquisition, const RestoreParameters& parameters);

}  // namespace bramble
