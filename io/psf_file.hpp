#pragma once

#include "pipeline/records/psf.hpp"

#include <string>

namespace bramble {

// Reads a PSF, or any other volume with a voxel size such as a stack of beads, from
// "file.h5:/psf/measured", or from "file.h5" when it holds one 3-D dataset. Numbers of any type;
// the attribute element_size_um (z, y, x) must be there; kind, model, NumericalAperture,
// refractive_index and excitation_lambda (nm) may be. Throws DataError that names file, path, what
// was found and what to do.
StoredPsf read_psf(const std::string& place);

// Writes it as float32 with those attributes, as the dataset /psf/<kind> of a new file that an
// archive can take over. Committed by rename. Throws ResourceError when it cannot be written.
void write_psf(const std::string& path, const StoredPsf& psf);

}  // namespace bramble
