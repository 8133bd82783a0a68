#pragma once

#include "kernels/core/error.hpp"

#include <string>

namespace bramble {

// The light that a two-photon microscope excites with, and the lens it goes through.
struct Excitation {
  float numerical_aperture = 0;
  float wavelength_nm = 0;
  float refractive_index = 1.33f;  // of what the focus lies in
};

// Throws InvalidArgument for what no such microscope has; a wavelength in um or in m is the usual
// mistake.
inline void check_excitation(const Excitation& excitation) {
  constexpr float shortest_nm = 300;
  constexpr float longest_nm = 3000;
  const auto refuse = [](const char* what, float found, const std::string& expected) {
    throw InvalidArgument(std::string("the ") + what + " is " + std::to_string(found) +
                          ", expected " + expected);
  };
  const float index = excitation.refractive_index;
  if (!(index >= 1 && index < 2)) {
    refuse("refractive index", index, "1 to 2; water has 1.33");
  }
  if (!(excitation.numerical_aperture > 0 && excitation.numerical_aperture < index)) {
    refuse("numerical aperture", excitation.numerical_aperture,
           "more than 0 and less than the refractive index of " + std::to_string(index));
  }
  if (!(excitation.wavelength_nm >= shortest_nm && excitation.wavelength_nm <= longest_nm)) {
    refuse("excitation wavelength", excitation.wavelength_nm, "300 to 3000 nm; give it in nm");
  }
}

}  // namespace bramble
