#include "pipeline/phantom/check_parameters.hpp"

#include "kernels/core/error.hpp"

#include <cmath>
#include <string>

namespace bramble {
namespace {

struct Range {
  double low = 0;
  double high = 0;
};

// Not a number is out of every range.
void check(const char* name, double value, Range range) {
  if (value >= range.low && value <= range.high) {
    return;
  }
  throw InvalidArgument("phantom: " + std::string(name) + " = " + std::to_string(value) +
                        " is out of range; give a value from " + std::to_string(range.low) +
                        " to " + std::to_string(range.high));
}

void check_days(const std::vector<double>& days) {
  if (days.empty()) {
    throw InvalidArgument("phantom: session_days is empty; give at least one day");
  }
  for (std::size_t i = 0; i < days.size(); ++i) {
    // Session labels have two digits: ses-dm03.
    check("session_days", days[i], {-99, 99});
    if (days[i] != std::round(days[i])) {
      throw InvalidArgument("phantom: session_days holds " + std::to_string(days[i]) +
                            " (session labels hold whole days); round it");
    }
    if (i > 0 && days[i] <= days[i - 1]) {
      throw InvalidArgument("phantom: session_days holds " + std::to_string(days[i]) + " after " +
                            std::to_string(days[i - 1]) +
                            "; give each day once, in ascending order");
    }
  }
}

}  // namespace

void check_parameters(const PhantomParameters& parameters) {
  // Subject and chunk labels have two digits.
  check("animals_per_group", parameters.animals_per_group, {1, 99});
  check("fields_per_animal", parameters.fields_per_animal, {1, 99});
  check_days(parameters.session_days);
  // A field has room for a shaft and its spines; 2048 pixels and 512 slices are the largest stacks
  // that a scanner records.
  check("extent.z", parameters.extent.z, {4, 512});
  check("extent.y", parameters.extent.y, {48, 2048});
  check("extent.x", parameters.extent.x, {48, 2048});
  check("spacing.z_um", parameters.spacing.z_um, {0.1, 5});
  check("spacing.y_um", parameters.spacing.y_um, {0.04, 0.5});
  check("spacing.x_um", parameters.spacing.x_um, {0.04, 0.5});
  check("peak_photons", parameters.peak_photons, {0.1, 10000});
  // The hard core of 0.15 um between bases ends at 6.7 per um.
  check("spine_density_per_um", parameters.spine_density_per_um, {0.01, 3});
  check("extra_formation_frac", parameters.extra_formation_frac, {0, 2});
  check("session_shift_um", parameters.session_shift_um, {0, 10});
  check("psf_fwhm_xy_um", parameters.psf_fwhm_xy_um, {0.1, 2});
  check("psf_fwhm_z_um", parameters.psf_fwhm_z_um, {0.3, 10});
  check("attenuation_length_um", parameters.attenuation_length_um, {0, 10000});
}

}  // namespace bramble
