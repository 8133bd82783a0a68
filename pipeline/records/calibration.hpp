#pragma once

#include <string>

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
  std::string flags;  // comma-separated
};

}  // namespace bramble
