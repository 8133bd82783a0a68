#pragma once

#include "pipeline/records/psf.hpp"

#include <string>
#include <vector>

namespace bramble {

// What is decided once per acquisition condition (voxel size, wavelength, NA, gain, detector) and
// then used for all of its stacks, so that a comparison between days never rests on different
// restorations.
struct Calibration {
  std::string condition;  // the condition's key, made of the values it stands for
  int iterations = 0;
  // The PSF: where it comes from and how it was made (PsfRecord), by how much it was stretched to
  // fit the data, and how wide it is then.
  std::string psf_source;
  std::string psf_model;
  float psf_stretch_xy = 1;
  float psf_stretch_z = 1;
  float psf_fwhm_xy_um = 0;
  float psf_fwhm_z_um = 0;
  // Where ranges of depth have PSFs of their own, what is said above is the mean of their widths,
  // and these are the PSFs; else empty.
  std::vector<PsfRecord> psf_depths;
  std::string flags;  // comma-separated
};

}  // namespace bramble
