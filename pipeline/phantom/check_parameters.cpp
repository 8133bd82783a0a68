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

std::string number(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) {
    text.pop_back();
  }
  return text;
}

// Not a number is out of every range.
void check(const char* name, double value, Range range) {
  if (value >= range.low && value <= range.high) {
    return;
  }
  throw InvalidArgument("phantom: " + std::string(name) + " = " + number(value) +
                        " is out of range; give a value from " + number(range.low) + " to " +
                        number(range.high));
}

constexpr Range fraction{0, 1};

void check_days(const std::vector<double>& days) {
  if (days.empty()) {
    throw InvalidArgument("phantom: design.session_days is empty; give at least one day");
  }
  for (std::size_t i = 0; i < days.size(); ++i) {
    // Session labels have two digits: ses-dm03.
    check("design.session_days", days[i], {-99, 99});
    if (days[i] != std::round(days[i])) {
      throw InvalidArgument("phantom: design.session_days holds " + number(days[i]) +
                            " (session labels hold whole days); round it");
    }
    if (i > 0 && days[i] <= days[i - 1]) {
      throw InvalidArgument("phantom: design.session_days holds " + number(days[i]) + " after " +
                            number(days[i - 1]) + "; give each day once, in ascending order");
    }
  }
}

void check_design(const PhantomDesign& design) {
  // Subject and chunk labels have two digits.
  check("design.animals_per_group", design.animals_per_group, {1, 99});
  check("design.fields_per_animal", design.fields_per_animal, {1, 99});
  check_days(design.session_days);
  check("design.treatment_day", design.treatment_day, {-99, 99});
  if (design.region.empty()) {
    throw InvalidArgument("phantom: design.region is empty; give the region's name, such as MOs");
  }
  // A field has room for a shaft and its spines; 2048 pixels and 512 slices are the largest stacks
  // that a scanner records.
  check("design.extent (z)", design.extent.z, {4, 512});
  check("design.extent (y)", design.extent.y, {48, 2048});
  check("design.extent (x)", design.extent.x, {48, 2048});
  check("design.spacing (z)", design.spacing.z_um, {0.1, 5});
  check("design.spacing (y)", design.spacing.y_um, {0.04, 0.5});
  check("design.spacing (x)", design.spacing.x_um, {0.04, 0.5});
}

void check_dendrites(const PhantomDendriteParameters& dendrites) {
  check("dendrites.mean_number", dendrites.mean_number, {1, 100});
  check("dendrites.max_number", dendrites.max_number, {1, 49});
  check("dendrites.branching_frac", dendrites.branching_frac, fraction);
  // Diameters are drawn again until they lie between 0.4 and 1.4 um.
  check("dendrites.diameter_median_um", dendrites.diameter_median_um, {0.4, 1.4});
  check("dendrites.diameter_log_sd", dendrites.diameter_log_sd, {0, 0.6});
  check("dendrites.calibre_log_sd", dendrites.calibre_log_sd, {0, 0.5});
  check("dendrites.brightness_log_sd", dendrites.brightness_log_sd, {0, 1.5});
  check("dendrites.axons_per_24576_um3", dendrites.axons_per_24576_um3, {0, 100});
  check("dendrites.puncta_per_24576_um3", dendrites.puncta_per_24576_um3, {0, 100});
  check("dendrites.retraction_frac", dendrites.retraction_frac, fraction);
}

void check_spines(const PhantomSpineParameters& spines) {
  // The hard core of 0.15 um between bases ends at 6.7 per um.
  check("spines.density_per_um", spines.density_per_um, {0.01, 3});
  check("spines.density_animal_log_sd", spines.density_animal_log_sd, {0, 0.5});
  check("spines.density_dendrite_log_sd", spines.density_dendrite_log_sd, {0, 0.5});
  // Heads are drawn again until they lie between 0.25 and 1.2 um, necks between 0.05 and 2 um.
  check("spines.head_diameter_median_um", spines.head_diameter_median_um, {0.25, 1.2});
  check("spines.head_diameter_log_sd", spines.head_diameter_log_sd, {0, 0.8});
  check("spines.neck_length_median_um", spines.neck_length_median_um, {0.05, 2});
  check("spines.neck_length_log_sd", spines.neck_length_log_sd, {0, 1.5});
  check("spines.sessile_frac", spines.sessile_frac, fraction);
  check("spines.filopodium_frac", spines.filopodium_frac, fraction);
  check("spines.branched_frac", spines.branched_frac, fraction);
}

void check_turnover(const PhantomTurnover& turnover) {
  check("turnover.transient_frac", turnover.transient_frac, fraction);
  check("turnover.transient_lifetime_days", turnover.transient_lifetime_days, {0.1, 1000});
  check("turnover.persistent_lifetime_days", turnover.persistent_lifetime_days, {1, 1e6});
  check("turnover.persistent_birth_ratio", turnover.persistent_birth_ratio, {0, 10});
  check("turnover.extra_persistent_frac", turnover.extra_persistent_frac, {0, 2});
  check("turnover.extra_transient_frac", turnover.extra_transient_frac, {0, 2});
  check("turnover.release_time_days", turnover.release_time_days, {0.01, 1000});
  check("turnover.head_diameter_log_sd", turnover.head_diameter_log_sd, {0, 0.6});
  check("turnover.treatment_head_log_gain", turnover.treatment_head_log_gain, {-0.7, 0.7});
}

void check_optics(const PhantomOptics& optics) {
  check("optics.psf_fwhm_xy_um", optics.psf_fwhm_xy_um, {0.1, 2});
  check("optics.psf_fwhm_z_um", optics.psf_fwhm_z_um, {0.3, 10});
  check("optics.excitation_nm", optics.excitation_nm, {600, 1700});
  check("optics.immersion_refractive_index", optics.immersion_refractive_index, {1, 1.6});
  check("optics.tissue_refractive_index", optics.tissue_refractive_index, {1, 1.6});
  // Light at a steeper angle than these does not reach the focus.
  const double largest_aperture =
      0.99 * std::fmin(optics.immersion_refractive_index, optics.tissue_refractive_index);
  check("optics.numerical_aperture", optics.numerical_aperture, {0.2, largest_aperture});
  check("optics.growth_xy_per_um", optics.growth_xy_per_um, {0, 0.02});
  check("optics.growth_z_per_um", optics.growth_z_per_um, {0, 0.02});
  check("optics.growth_through_stack", optics.growth_through_stack, {0.5, 2});
}

void check_light(const PhantomLight& light) {
  check("light.peak_photons", light.peak_photons, {0.1, 10000});
  check("light.background_photons", light.background_photons, {0, 10000});
  check("light.background_frac", light.background_frac, {0, 10});
  check("light.background_modulation", light.background_modulation, fraction);
  check("light.background_correlation_um", light.background_correlation_um, {1, 1000});
  check("light.vessel_frac", light.vessel_frac, fraction);
  check("light.attenuation_length_um", light.attenuation_length_um, {0, 10000});
  check("light.bleaching_stack_frac", light.bleaching_stack_frac, {0, 0.9});
  check("light.bleaching_session_frac", light.bleaching_session_frac, {0, 0.9});
  check("light.session_brightness_log_sd", light.session_brightness_log_sd, {0, 1});
  check("light.brightness_after_treatment", light.brightness_after_treatment, {0.01, 100});
}

void check_motion(const PhantomMotion& motion) {
  check("motion.shift_sd_xy_um", motion.shift_sd_xy_um, {0, 3});
  check("motion.shift_sd_z_um", motion.shift_sd_z_um, {0, 3});
  check("motion.correlation", motion.correlation, {0, 0.999});
  check("motion.jump_frac", motion.jump_frac, fraction);
  check("motion.jump_sd_um", motion.jump_sd_um, {0, 10});
  check("motion.min_jump_um", motion.min_jump_um, {0, 10});
  check("motion.dropped_frac", motion.dropped_frac, fraction);
}

void check_detector(const PhantomDetector& detector) {
  check("detector.gain_counts_per_photon", detector.gain_counts_per_photon, {0.01, 10000});
  check("detector.offset_counts", detector.offset_counts, {0, 10000});
  check("detector.read_noise_counts", detector.read_noise_counts, {0, 10000});
  check("detector.excess_noise_factor", detector.excess_noise_factor, {1, 4});
  check("detector.saturation_counts", detector.saturation_counts,
        {detector.offset_counts + 1.0, 65535});
}

void check_pose(const PhantomPose& pose) {
  check("pose.shift_xy_um", pose.shift_xy_um, {0, 20});
  check("pose.shift_z_um", pose.shift_z_um, {0, 10});
  check("pose.rotation_deg", pose.rotation_deg, {0, 15});
  check("pose.tilt_deg", pose.tilt_deg, {0, 10});
  check("pose.scale_frac", pose.scale_frac, {0, 0.05});
  check("pose.warp_correlation_um", pose.warp_correlation_um, {10, 1000});
  // More would fold the tissue.
  check("pose.warp_um", pose.warp_um, {0, 0.1 * pose.warp_correlation_um});
}

}  // namespace

void check_parameters(const PhantomParameters& parameters) {
  check_design(parameters.design);
  check_dendrites(parameters.dendrites);
  check_spines(parameters.spines);
  check_turnover(parameters.turnover);
  check_optics(parameters.optics);
  check_light(parameters.light);
  check_motion(parameters.motion);
  check_detector(parameters.detector);
  check_pose(parameters.pose);
}

}  // namespace bramble
