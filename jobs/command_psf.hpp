#pragma once

#include "jobs/exit_code.hpp"

#include <string>
#include <vector>

namespace bramble {

struct PsfWriteOptions {
  std::string out;
  std::vector<float> spacing_um;  // z, y, x
  float numerical_aperture = 0;
  float wavelength_nm = 0;
  float refractive_index = 1.33f;
  float pupil_fill = 1.0f;              // infinite: uniform
  std::vector<float> gaussian_fwhm_um;  // xy, z; empty: computed from the optics
};

// `bramble psf write`: a computed PSF as a file, and what it is like on stdout.
ExitCode psf_write_command(const PsfWriteOptions& options);

struct PsfShowOptions {
  std::string place;    // file, or file:/path
  std::string picture;  // empty: <name of the file>.png in the current folder
  bool json = false;
};

// `bramble psf show`: what the PSF in a file is like, as it would be used at its own voxel size, on
// stdout, and a picture of it.
ExitCode psf_show_command(const PsfShowOptions& options);

struct PsfEstimateOptions {
  std::vector<std::string> stacks;  // file, or file:/path
  std::string out;
  float half_depth_um = 6.0f;
  float half_width_um = 1.6f;
  bool mirrored = false;
};

// `bramble psf estimate`: the mean image of the isolated beads in stacks of one voxel size as a
// measured PSF in a file; how many there were, and their widths, on stdout. nothing_usable when
// there is no bead.
ExitCode psf_estimate_command(const PsfEstimateOptions& options);

}  // namespace bramble
