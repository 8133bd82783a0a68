#pragma once

#include "kernels/core/geometry.hpp"

#include <cstdint>
#include <string>
#include <vector>

// What `bramble phantom` can be asked for. Defaults: variant V0 of reference science.md section 7,
// where the source of each value stands.
namespace bramble {

// How many of everything, and how large.
struct PhantomDesign {
  int animals_per_group = 4;
  int fields_per_animal = 2;
  std::vector<double> session_days = {-3, -1, 1, 3};  // whole days, ascending
  double treatment_day = 0;
  std::string region = "MOs";
  Extent extent{24, 320, 320};
  Spacing spacing{1.0f, 0.1f, 0.1f};
};

// Shafts and what else is fluorescent (reference science.md section 7.3).
struct PhantomDendriteParameters {
  float mean_number = 2.5f;  // of a field, 1 + Poisson
  int max_number = 4;
  float branching_frac = 0.3f;
  float diameter_median_um = 0.75f;
  float diameter_log_sd = 0.25f;
  float calibre_log_sd = 0.10f;     // along one dendrite
  float brightness_log_sd = 0.35f;  // between dendrites
  float axons_per_24576_um3 = 6;    // a volume of 32 x 32 x 24 um
  float puncta_per_24576_um3 = 2;   // autofluorescent
  float retraction_frac = 0;        // of the dendrites lose their end after the treatment
};

// Spines (section 7.4).
struct PhantomSpineParameters {
  float density_per_um = 0.8f;  // in 3-D; about 0.58 of them stick out in plane
  float density_animal_log_sd = 0.07f;
  float density_dendrite_log_sd = 0.20f;
  float head_diameter_median_um = 0.50f;
  float head_diameter_log_sd = 0.28f;
  float neck_length_median_um = 0.55f;
  float neck_length_log_sd = 0.55f;
  float sessile_frac = 0.12f;
  float filopodium_frac = 0.03f;  // all in the transient pool
  float branched_frac = 0.01f;
};

// Births, deaths, size (section 7.9).
struct PhantomTurnover {
  bool frozen = false;  // no births, no deaths, no change of size
  float transient_frac = 0.075f;
  float transient_lifetime_days = 2.9f;
  float persistent_lifetime_days = 200;
  float persistent_birth_ratio = 1;  // births of persistent spines over what replaces the lost ones
  float extra_persistent_frac = 0.10f;  // that the treatment adds, per spine of the first session
  float extra_transient_frac = 0.04f;
  float release_time_days = 2;         // time constant of what the treatment adds
  float head_diameter_log_sd = 0.15f;  // over time, of one spine
  float treatment_head_log_gain = 0;   // decays over 5 days after the treatment
};

enum class PhantomPsfModel { gaussian, born_wolf, gibson_lanni };

// Section 7.6. Born-Wolf and Gibson-Lanni are computed, squared for two photons.
struct PhantomOptics {
  PhantomPsfModel psf = PhantomPsfModel::gaussian;
  float psf_fwhm_xy_um = 0.45f;  // of the Gaussian
  float psf_fwhm_z_um = 1.9f;
  float numerical_aperture = 0.8f;  // of the computed ones
  float excitation_nm = 920;
  float immersion_refractive_index = 1.33f;
  float tissue_refractive_index = 1.36f;  // Gibson-Lanni only
  float growth_xy_per_um = 0;             // of the PSF's width with depth in the tissue
  float growth_z_per_um = 0;
  float growth_through_stack = 1;  // width at the last slice over that at the first
};

// Section 7.7.
struct PhantomLight {
  float peak_photons = 30;  // of a straight 0.8 um thick dendrite in focus
  float background_photons = 1;
  float background_frac = 0.05f;  // of peak_photons, added
  float background_modulation = 0.3f;
  float background_correlation_um = 15;
  float vessel_frac = 0.3f;            // of the fields have a vessel's shadow
  float attenuation_length_um = 180;   // signal falls with exp(-2 depth / length); 0: not at all
  float bleaching_stack_frac = 0.03f;  // lost from the first to the last slice
  float bleaching_session_frac = 0.01f;
  float session_brightness_log_sd = 0.20f;
  float brightness_after_treatment = 1;  // factor of all sessions after the treatment day
};

struct PhantomMotion {
  float shift_sd_xy_um = 0.15f;  // of a slice, correlated with the slice before
  float shift_sd_z_um = 0.10f;
  float correlation = 0.7f;
  float jump_frac = 0.02f;  // of the slices
  float jump_sd_um = 0.6f;
  float min_jump_um = 0;
  float dropped_frac = 0;  // of the slices hold no light
};

struct PhantomDetector {
  float gain_counts_per_photon = 20;
  float offset_counts = 100;
  float read_noise_counts = 8;        // standard deviation
  float excess_noise_factor = 1.25f;  // variance over that of an ideal photon counter
  int saturation_counts = 4095;
};

// How a session's frame differs from the first one's (section 7.8), standard deviations.
struct PhantomPose {
  float shift_xy_um = 4;
  float shift_z_um = 1.5f;
  float rotation_deg = 2;
  float tilt_deg = 1;
  float scale_frac = 0.005f;
  float warp_um = 0.4f;
  float warp_correlation_um = 25;
};

// A synthetic two-group study. Every number is a pure function of (seed, purpose, animal, field,
// dendrite, spine, session, voxel), so the same for any number of threads and ranks.
struct PhantomParameters {
  std::uint64_t seed = 1;
  PhantomDesign design;
  PhantomDendriteParameters dendrites;
  PhantomSpineParameters spines;
  PhantomTurnover turnover;
  PhantomOptics optics;
  PhantomLight light;
  PhantomMotion motion;
  PhantomDetector detector;
  PhantomPose pose;
};

}  // namespace bramble
