#pragma once

#include "kernels/core/geometry.hpp"

#include <optional>
#include <string>

namespace bramble {

// What the archive says about how a stack was recorded. Absent values were not in the file.
struct Acquisition {
  Extent extent;
  Spacing spacing;
  bool spacing_overridden = false;  // --voxel-size-um replaced what the file says
  std::string voxel_type;           // "uint8", "uint16", "int16", "float32"
  std::optional<float> offset_counts;
  std::optional<float> saturation_value;
  std::optional<float> gain_counts;        // variance over light: per photon, excess noise included
  std::optional<float> read_noise_counts;  // standard deviation without light
  std::optional<float> excitation_nm;
  std::optional<float> numerical_aperture;
  std::optional<float> refractive_index;
  std::string psf_path;   // HDF5 path of the PSF, empty when none
  std::string qc_status;  // "good", "bad" or empty
};

}  // namespace bramble
