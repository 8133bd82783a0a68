#include "jobs/phantom_fields.hpp"

namespace bramble {
namespace {

using Fields = std::vector<ParameterField>;

// The structured bindings name every member of a table: a member that is added to the record and
// forgotten here does not compile.
Fields design_fields(std::uint64_t& seed, PhantomDesign& design) {
  auto& [animals_per_group, fields_per_animal, session_days, treatment_day, region, extent,
         spacing] = design;
  return {
      {"design", "seed", &seed, "of every random number"},
      {"design", "animals_per_group", &animals_per_group, "saline and ketamine"},
      {"design", "fields_per_animal", &fields_per_animal, "fields of view"},
      {"design", "session_days", &session_days, "whole days, ascending"},
      {"design", "treatment_day", &treatment_day, "when the treated group gets its injection"},
      {"design", "region", &region, "written as the fields' location"},
      {"design", "extent", &extent, "z, y, x in voxels"},
      {"design", "spacing", &spacing, "z, y, x in um"},
  };
}

Fields dendrite_fields(PhantomDendriteParameters& dendrites) {
  auto& [mean_number, max_number, branching_frac, diameter_median_um, diameter_log_sd,
         calibre_log_sd, brightness_log_sd, axons, puncta, retraction_frac] = dendrites;
  return {
      {"dendrites", "mean_number", &mean_number, "of a field: 1 + Poisson"},
      {"dendrites", "max_number", &max_number, "of a field, branches apart"},
      {"dendrites", "branching_frac", &branching_frac, "of the dendrites have a branch"},
      {"dendrites", "diameter_median_um", &diameter_median_um, "of the shafts"},
      {"dendrites", "diameter_log_sd", &diameter_log_sd, "between shafts"},
      {"dendrites", "calibre_log_sd", &calibre_log_sd, "along a shaft"},
      {"dendrites", "brightness_log_sd", &brightness_log_sd, "between shafts"},
      {"dendrites", "axons_per_24576_um3", &axons, "a volume of 32 x 32 x 24 um"},
      {"dendrites", "puncta_per_24576_um3", &puncta, "autofluorescent"},
      {"dendrites", "retraction_frac", &retraction_frac,
       "of the dendrites lose their end after the treatment day"},
  };
}

Fields spine_fields(PhantomSpineParameters& spines) {
  auto& [density_per_um, density_animal_log_sd, density_dendrite_log_sd, head_diameter_median_um,
         head_diameter_log_sd, neck_length_median_um, neck_length_log_sd, sessile_frac,
         filopodium_frac, branched_frac] = spines;
  return {
      {"spines", "density_per_um", &density_per_um, "in 3-D; about 0.58 of them can be scored"},
      {"spines", "density_animal_log_sd", &density_animal_log_sd, "between animals"},
      {"spines", "density_dendrite_log_sd", &density_dendrite_log_sd, "between dendrites"},
      {"spines", "head_diameter_median_um", &head_diameter_median_um, ""},
      {"spines", "head_diameter_log_sd", &head_diameter_log_sd, "between spines"},
      {"spines", "neck_length_median_um", &neck_length_median_um, "of those with a neck"},
      {"spines", "neck_length_log_sd", &neck_length_log_sd, "between spines"},
      {"spines", "sessile_frac", &sessile_frac, "have no neck"},
      {"spines", "filopodium_frac", &filopodium_frac, "all of the transient pool"},
      {"spines", "branched_frac", &branched_frac, "have two heads"},
  };
}

Fields turnover_fields(PhantomTurnover& turnover) {
  auto& [frozen, transient_frac, transient_lifetime_days, persistent_lifetime_days,
         persistent_birth_ratio, extra_persistent_frac, extra_transient_frac, release_time_days,
         head_diameter_log_sd, treatment_head_log_gain] = turnover;
  return {
      {"turnover", "frozen", &frozen, "no births, no deaths, no change of size"},
      {"turnover", "transient_frac", &transient_frac, "of the spines present at one time"},
      {"turnover", "transient_lifetime_days", &transient_lifetime_days, "mean"},
      {"turnover", "persistent_lifetime_days", &persistent_lifetime_days, "mean"},
      {"turnover", "persistent_birth_ratio", &persistent_birth_ratio,
       "births over what replaces the lost ones; 1: stationary"},
      {"turnover", "extra_persistent_frac", &extra_persistent_frac,
       "added by the treatment, per spine of the first session"},
      {"turnover", "extra_transient_frac", &extra_transient_frac, "the same, short-lived"},
      {"turnover", "release_time_days", &release_time_days, "time constant of the added ones"},
      {"turnover", "head_diameter_log_sd", &head_diameter_log_sd, "of one spine over time"},
      {"turnover", "treatment_head_log_gain", &treatment_head_log_gain,
       "decays over 5 days after the treatment"},
  };
}

Fields optics_fields(PhantomOptics& optics) {
  auto& [psf, psf_fwhm_xy_um, psf_fwhm_z_um, numerical_aperture, excitation_nm, immersion_index,
         tissue_index, growth_xy_per_um, growth_z_per_um, growth_through_stack] = optics;
  return {
      {"optics", "psf", &psf, "gaussian, born_wolf or gibson_lanni"},
      {"optics", "psf_fwhm_xy_um", &psf_fwhm_xy_um, "of the Gaussian"},
      {"optics", "psf_fwhm_z_um", &psf_fwhm_z_um, "of the Gaussian"},
      {"optics", "numerical_aperture", &numerical_aperture, "of the computed ones"},
      {"optics", "excitation_nm", &excitation_nm, "of the computed ones"},
      {"optics", "immersion_refractive_index", &immersion_index, "of the computed ones"},
      {"optics", "tissue_refractive_index", &tissue_index, "of gibson_lanni"},
      {"optics", "growth_xy_per_um", &growth_xy_per_um, "of the PSF's width with tissue depth"},
      {"optics", "growth_z_per_um", &growth_z_per_um, "the same along z"},
      {"optics", "growth_through_stack", &growth_through_stack,
       "width at the last slice over that at the first"},
  };
}

Fields light_fields(PhantomLight& light) {
  auto& [peak_photons, background_photons, background_frac, background_modulation,
         background_correlation_um, vessel_frac, attenuation_length_um, bleaching_stack_frac,
         bleaching_session_frac, session_brightness_log_sd, brightness_after_treatment] = light;
  return {
      {"light", "peak_photons", &peak_photons, "of a straight 0.8 um thick dendrite in focus"},
      {"light", "background_photons", &background_photons, ""},
      {"light", "background_frac", &background_frac, "of peak_photons, added"},
      {"light", "background_modulation", &background_modulation, "standard deviation"},
      {"light", "background_correlation_um", &background_correlation_um, ""},
      {"light", "vessel_frac", &vessel_frac, "of the fields lie under a vessel"},
      {"light", "attenuation_length_um", &attenuation_length_um, "0: none"},
      {"light", "bleaching_stack_frac", &bleaching_stack_frac, "from first to last slice"},
      {"light", "bleaching_session_frac", &bleaching_session_frac, "per session"},
      {"light", "session_brightness_log_sd", &session_brightness_log_sd, "between sessions"},
      {"light", "brightness_after_treatment", &brightness_after_treatment,
       "factor of the sessions after the treatment day"},
  };
}

Fields motion_fields(PhantomMotion& motion) {
  auto& [shift_sd_xy_um, shift_sd_z_um, correlation, jump_frac, jump_sd_um, min_jump_um,
         dropped_frac] = motion;
  return {
      {"motion", "shift_sd_xy_um", &shift_sd_xy_um, "of a slice"},
      {"motion", "shift_sd_z_um", &shift_sd_z_um, "of a slice"},
      {"motion", "correlation", &correlation, "with the slice before"},
      {"motion", "jump_frac", &jump_frac, "of the slices"},
      {"motion", "jump_sd_um", &jump_sd_um, "in plane"},
      {"motion", "min_jump_um", &min_jump_um, "in plane"},
      {"motion", "dropped_frac", &dropped_frac, "of the slices hold no light"},
  };
}

Fields detector_fields(PhantomDetector& detector) {
  auto& [gain_counts_per_photon, offset_counts, read_noise_counts, excess_noise_factor,
         saturation_counts] = detector;
  return {
      {"detector", "gain_counts_per_photon", &gain_counts_per_photon, ""},
      {"detector", "offset_counts", &offset_counts, ""},
      {"detector", "read_noise_counts", &read_noise_counts, "standard deviation"},
      {"detector", "excess_noise_factor", &excess_noise_factor, "1: an ideal photon counter"},
      {"detector", "saturation_counts", &saturation_counts, ""},
  };
}

Fields pose_fields(PhantomPose& pose) {
  auto& [shift_xy_um, shift_z_um, rotation_deg, tilt_deg, scale_frac, warp_um,
         warp_correlation_um] = pose;
  return {
      {"pose", "shift_xy_um", &shift_xy_um, "standard deviation, as all of this table"},
      {"pose", "shift_z_um", &shift_z_um, ""},
      {"pose", "rotation_deg", &rotation_deg, "about the optical axis"},
      {"pose", "tilt_deg", &tilt_deg, "about each axis in plane"},
      {"pose", "scale_frac", &scale_frac, ""},
      {"pose", "warp_um", &warp_um, "smooth deformation"},
      {"pose", "warp_correlation_um", &warp_correlation_um, "length, not a deviation"},
  };
}

}  // namespace

std::vector<ParameterField> phantom_fields(PhantomParameters& parameters) {
  auto& [seed, design, dendrites, spines, turnover, optics, light, motion, detector, pose] =
      parameters;
  Fields fields = design_fields(seed, design);
  for (const Fields& more : {dendrite_fields(dendrites), spine_fields(spines),
                             turnover_fields(turnover), optics_fields(optics), light_fields(light),
                             motion_fields(motion), detector_fields(detector), pose_fields(pose)}) {
    fields.insert(fields.end(), more.begin(), more.end());
  }
  return fields;
}

}  // namespace bramble
