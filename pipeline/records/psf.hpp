#pragma once

#include "kernels/core/volume.hpp"

#include <limits>
#include <optional>
#include <string>

namespace bramble {

// A point spread function as it lies in a file, with what the file says about it.
struct StoredPsf {
  Volume<float> values;  // on the host, with their spacing
  std::string place;     // file and HDF5 path, for messages
  std::string kind;      // "measured" or "theoretical"; empty: not known, which counts as measured
  std::string model;     // "gaussian", "vectorial", "beads", ...
  std::optional<float> numerical_aperture;
  std::optional<float> refractive_index;
  std::optional<float> excitation_nm;
};

// Which PSF a stack was restored with.
struct PsfRecord {
  std::string source;  // "file", "archive", "computed" from metadata, "parameters" or "assumed"
  std::string model;   // "measured", or how it was computed: "gaussian", "vectorial", ...
  double fwhm_xy_um = 0;
  double fwhm_z_um = 0;    // NaN when the stack is too thin to tell
  double energy_frac = 0;  // of the PSF's light that its support holds; the rest was cropped
  std::string flags;       // "psf_assumed" when nothing was known
  // The slices that it holds for, by their depth below the first one.
  double from_um = 0;
  double to_um = std::numeric_limits<double>::quiet_NaN();  // NaN: down to the last one
};

}  // namespace bramble
