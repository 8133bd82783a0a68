#include "pipeline/phantom/check_parameters.hpp"

#include "kernels/core/error.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace bramble {
namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

using Change = void (*)(PhantomParameters&);
struct BadParameter {
  const char* name;
  Change change;
};

class ParameterOutOfRange : public testing::TestWithParam<BadParameter> {};

TEST_P(ParameterOutOfRange, is_refused_by_name) {
  PhantomParameters parameters;
  GetParam().change(parameters);

  try {
    check_parameters(parameters);
    FAIL() << "accepted";
  } catch (const InvalidArgument& error) {
    EXPECT_NE(std::string(error.what()).find(GetParam().name), std::string::npos) << error.what();
  }
}

using P = PhantomParameters;
INSTANTIATE_TEST_SUITE_P(
    each, ParameterOutOfRange,
    testing::Values(
        BadParameter{"design.animals_per_group", [](P& p) { p.design.animals_per_group = 0; }},
        BadParameter{"design.fields_per_animal", [](P& p) { p.design.fields_per_animal = 100; }},
        BadParameter{"design.session_days", [](P& p) { p.design.session_days = {}; }},
        BadParameter{"design.session_days",
                     [](P& p) {
                       p.design.session_days = {3, 1};
                     }},
        BadParameter{"design.session_days", [](P& p) { p.design.session_days = {0.5}; }},
        BadParameter{"design.session_days", [](P& p) { p.design.session_days = {100}; }},
        BadParameter{"design.treatment_day", [](P& p) { p.design.treatment_day = 1000; }},
        BadParameter{"design.region", [](P& p) { p.design.region = ""; }},
        BadParameter{"design.extent (z)", [](P& p) { p.design.extent.z = 3; }},
        BadParameter{"design.extent (x)", [](P& p) { p.design.extent.x = 1 << 20; }},
        BadParameter{"design.spacing (y)", [](P& p) { p.design.spacing.y_um = -0.1f; }},
        BadParameter{"dendrites.mean_number", [](P& p) { p.dendrites.mean_number = 0.5f; }},
        BadParameter{"dendrites.max_number", [](P& p) { p.dendrites.max_number = 0; }},
        BadParameter{"dendrites.branching_frac", [](P& p) { p.dendrites.branching_frac = 2; }},
        BadParameter{"dendrites.diameter_median_um",
                     [](P& p) { p.dendrites.diameter_median_um = 3; }},
        BadParameter{"dendrites.diameter_log_sd", [](P& p) { p.dendrites.diameter_log_sd = -1; }},
        BadParameter{"dendrites.calibre_log_sd", [](P& p) { p.dendrites.calibre_log_sd = nan; }},
        BadParameter{"dendrites.brightness_log_sd",
                     [](P& p) { p.dendrites.brightness_log_sd = 9; }},
        BadParameter{"dendrites.axons_per_24576_um3",
                     [](P& p) { p.dendrites.axons_per_24576_um3 = -1; }},
        BadParameter{"dendrites.puncta_per_24576_um3",
                     [](P& p) { p.dendrites.puncta_per_24576_um3 = 1e6f; }},
        BadParameter{"dendrites.retraction_frac", [](P& p) { p.dendrites.retraction_frac = -1; }},
        BadParameter{"spines.density_per_um", [](P& p) { p.spines.density_per_um = 0; }},
        BadParameter{"spines.density_animal_log_sd",
                     [](P& p) { p.spines.density_animal_log_sd = 5; }},
        BadParameter{"spines.density_dendrite_log_sd",
                     [](P& p) { p.spines.density_dendrite_log_sd = 5; }},
        BadParameter{"spines.head_diameter_median_um",
                     [](P& p) { p.spines.head_diameter_median_um = 5; }},
        BadParameter{"spines.head_diameter_log_sd",
                     [](P& p) { p.spines.head_diameter_log_sd = 5; }},
        BadParameter{"spines.neck_length_median_um",
                     [](P& p) { p.spines.neck_length_median_um = 5; }},
        BadParameter{"spines.neck_length_log_sd", [](P& p) { p.spines.neck_length_log_sd = 5; }},
        BadParameter{"spines.sessile_frac", [](P& p) { p.spines.sessile_frac = 5; }},
        BadParameter{"spines.filopodium_frac", [](P& p) { p.spines.filopodium_frac = 5; }},
        BadParameter{"spines.branched_frac", [](P& p) { p.spines.branched_frac = 5; }}));

INSTANTIATE_TEST_SUITE_P(
    dynamics, ParameterOutOfRange,
    testing::Values(
        BadParameter{"turnover.transient_frac", [](P& p) { p.turnover.transient_frac = 2; }},
        BadParameter{"turnover.transient_lifetime_days",
                     [](P& p) { p.turnover.transient_lifetime_days = 0; }},
        BadParameter{"turnover.persistent_lifetime_days",
                     [](P& p) { p.turnover.persistent_lifetime_days = 0; }},
        BadParameter{"turnover.persistent_birth_ratio",
                     [](P& p) { p.turnover.persistent_birth_ratio = -1; }},
        BadParameter{"turnover.extra_persistent_frac",
                     [](P& p) { p.turnover.extra_persistent_frac = -0.1f; }},
        BadParameter{"turnover.extra_transient_frac",
                     [](P& p) { p.turnover.extra_transient_frac = 3; }},
        BadParameter{"turnover.release_time_days", [](P& p) { p.turnover.release_time_days = 0; }},
        BadParameter{"turnover.head_diameter_log_sd",
                     [](P& p) { p.turnover.head_diameter_log_sd = 3; }},
        BadParameter{"turnover.treatment_head_log_gain",
                     [](P& p) { p.turnover.treatment_head_log_gain = 3; }},
        BadParameter{"pose.shift_xy_um", [](P& p) { p.pose.shift_xy_um = 100; }},
        BadParameter{"pose.shift_z_um", [](P& p) { p.pose.shift_z_um = 100; }},
        BadParameter{"pose.rotation_deg", [](P& p) { p.pose.rotation_deg = 90; }},
        BadParameter{"pose.tilt_deg", [](P& p) { p.pose.tilt_deg = 90; }},
        BadParameter{"pose.scale_frac", [](P& p) { p.pose.scale_frac = 1; }},
        BadParameter{"pose.warp_um", [](P& p) { p.pose.warp_um = 3; }},
        BadParameter{"pose.warp_correlation_um", [](P& p) { p.pose.warp_correlation_um = 1; }}));

INSTANTIATE_TEST_SUITE_P(
    imaging, ParameterOutOfRange,
    testing::Values(
        BadParameter{"optics.psf_fwhm_xy_um", [](P& p) { p.optics.psf_fwhm_xy_um = 0; }},
        BadParameter{"optics.psf_fwhm_z_um", [](P& p) { p.optics.psf_fwhm_z_um = 0; }},
        BadParameter{"optics.numerical_aperture", [](P& p) { p.optics.numerical_aperture = 1.4f; }},
        BadParameter{"optics.excitation_nm", [](P& p) { p.optics.excitation_nm = 0.92f; }},
        BadParameter{"optics.immersion_refractive_index",
                     [](P& p) { p.optics.immersion_refractive_index = 0; }},
        BadParameter{"optics.tissue_refractive_index",
                     [](P& p) { p.optics.tissue_refractive_index = 3; }},
        BadParameter{"optics.growth_xy_per_um", [](P& p) { p.optics.growth_xy_per_um = 1; }},
        BadParameter{"optics.growth_z_per_um", [](P& p) { p.optics.growth_z_per_um = -1; }},
        BadParameter{"optics.growth_through_stack",
                     [](P& p) { p.optics.growth_through_stack = 0; }},
        BadParameter{"light.peak_photons", [](P& p) { p.light.peak_photons = nan; }},
        BadParameter{"light.background_photons", [](P& p) { p.light.background_photons = -1; }},
        BadParameter{"light.background_frac", [](P& p) { p.light.background_frac = -1; }},
        BadParameter{"light.background_modulation",
                     [](P& p) { p.light.background_modulation = 2; }},
        BadParameter{"light.background_correlation_um",
                     [](P& p) { p.light.background_correlation_um = 0; }},
        BadParameter{"light.vessel_frac", [](P& p) { p.light.vessel_frac = 2; }},
        BadParameter{"light.attenuation_length_um",
                     [](P& p) { p.light.attenuation_length_um = -1; }},
        BadParameter{"light.bleaching_stack_frac", [](P& p) { p.light.bleaching_stack_frac = 1; }},
        BadParameter{"light.bleaching_session_frac",
                     [](P& p) { p.light.bleaching_session_frac = 1; }},
        BadParameter{"light.session_brightness_log_sd",
                     [](P& p) { p.light.session_brightness_log_sd = 2; }},
        BadParameter{"light.brightness_after_treatment",
                     [](P& p) { p.light.brightness_after_treatment = 0; }},
        BadParameter{"motion.shift_sd_xy_um", [](P& p) { p.motion.shift_sd_xy_um = 9; }},
        BadParameter{"motion.shift_sd_z_um", [](P& p) { p.motion.shift_sd_z_um = 9; }},
        BadParameter{"motion.correlation", [](P& p) { p.motion.correlation = 1; }},
        BadParameter{"motion.jump_frac", [](P& p) { p.motion.jump_frac = 2; }},
        BadParameter{"motion.jump_sd_um", [](P& p) { p.motion.jump_sd_um = -1; }},
        BadParameter{"motion.min_jump_um", [](P& p) { p.motion.min_jump_um = -1; }},
        BadParameter{"motion.dropped_frac", [](P& p) { p.motion.dropped_frac = 2; }},
        BadParameter{"detector.gain_counts_per_photon",
                     [](P& p) { p.detector.gain_counts_per_photon = 0; }},
        BadParameter{"detector.offset_counts", [](P& p) { p.detector.offset_counts = -1; }},
        BadParameter{"detector.read_noise_counts", [](P& p) { p.detector.read_noise_counts = -1; }},
        BadParameter{"detector.excess_noise_factor",
                     [](P& p) { p.detector.excess_noise_factor = 0.5f; }},
        BadParameter{"detector.saturation_counts",
                     [](P& p) { p.detector.saturation_counts = 50; }}));

TEST(CheckParameters, accepts_the_defaults_and_the_variants) {
  PhantomParameters pose;
  pose.pose = {.shift_xy_um = 15, .rotation_deg = 8, .tilt_deg = 4, .warp_um = 1};
  PhantomParameters dense;
  dense.spines.density_per_um = 2.8f;
  PhantomParameters fine;
  fine.design.extent = {46, 400, 400};
  fine.design.spacing = {0.5f, 0.08f, 0.08f};

  EXPECT_NO_THROW(check_parameters({}));
  EXPECT_NO_THROW(check_parameters(pose));
  EXPECT_NO_THROW(check_parameters(dense));
  EXPECT_NO_THROW(check_parameters(fine));
}

}  // namespace
}  // namespace bramble
