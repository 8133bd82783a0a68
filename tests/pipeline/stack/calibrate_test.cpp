#include "pipeline/stack/calibrate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bramble {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Acquisition acquisition() {
  Acquisition made;
  made.spacing = {1, 0.1f, 0.1f};
  made.voxel_type = "uint16";
  return made;
}

ConditionTrial trial(int iterations, float stretch_z = 1) {
  ConditionTrial made;
  made.iterations = iterations;
  made.psf_stretch_z = stretch_z;
  return made;
}

ConditionTrial failed_trial(const std::string& problem) {
  ConditionTrial made;
  made.problem = problem;
  return made;
}

TEST(AcquisitionCondition, differs_with_voxel_size_gain_and_psf) {
  Acquisition coarse = acquisition();
  coarse.spacing.z_um = 2;
  Acquisition with_psf = acquisition();
  with_psf.psf_path = "/psf/beads";
  Acquisition gain_25 = acquisition();
  gain_25.gain_counts = 25.01f;
  Acquisition nearly_gain_25 = acquisition();
  nearly_gain_25.gain_counts = 24.98f;
  Acquisition gain_40 = acquisition();
  gain_40.gain_counts = 40;

  EXPECT_EQ(acquisition_condition(acquisition(), {}), acquisition_condition(acquisition(), {}));
  EXPECT_NE(acquisition_condition(acquisition(), {}), acquisition_condition(coarse, {}));
  EXPECT_NE(acquisition_condition(acquisition(), {}), acquisition_condition(with_psf, {}));
  EXPECT_EQ(acquisition_condition(gain_25, {}), acquisition_condition(nearly_gain_25, {}));
  EXPECT_NE(acquisition_condition(gain_25, {}), acquisition_condition(gain_40, {}));
}

TEST(AcquisitionCondition, differs_with_the_psfs_of_ranges_of_depth) {
  const RestoreParameters by_depth{
      .psf_depths = {{.from_um = 0, .to_um = 12}, {.from_um = 12, .psf = "a.h5:/psf/deep"}}};
  RestoreParameters elsewhere = by_depth;
  elsewhere.psf_depths[0].to_um = elsewhere.psf_depths[1].from_um = 14;
  RestoreParameters wider = by_depth;
  wider.psf_depths[0].psf_fwhm_z_um = 2.5f;
  RestoreParameters other_file = by_depth;
  other_file.psf_depths[1].psf = "b.h5:/psf/deep";

  const std::string key = acquisition_condition(acquisition(), by_depth);

  EXPECT_NE(key, acquisition_condition(acquisition(), {}));
  EXPECT_NE(key, acquisition_condition(acquisition(), elsewhere));
  EXPECT_NE(key, acquisition_condition(acquisition(), wider));
  EXPECT_NE(key, acquisition_condition(acquisition(), other_file));
  EXPECT_EQ(key, acquisition_condition(acquisition(), RestoreParameters(by_depth)));
}

TEST(Calibrate, ranges_of_depth_are_kept_with_their_psfs_and_summarised_by_their_mean_width) {
  const std::vector<PsfRecord> psfs{
      {.source = "parameters",
       .model = "gaussian",
       .fwhm_xy_um = 0.4,
       .fwhm_z_um = 2,
       .from_um = 0,
       .to_um = 12},
      {.source = "file", .model = "measured", .fwhm_xy_um = 0.6, .fwhm_z_um = 3, .from_um = 12}};

  const Calibration calibration = calibrate("c", {}, psfs, {trial(14)});

  ASSERT_EQ(calibration.psf_depths.size(), 2u);
  EXPECT_EQ(calibration.psf_depths[1].source, "file");
  EXPECT_EQ(calibration.psf_model, "by_depth");
  EXPECT_FLOAT_EQ(calibration.psf_fwhm_xy_um, 0.5f);
  EXPECT_FLOAT_EQ(calibration.psf_fwhm_z_um, 2.5f);
}

TEST(Calibrate, a_given_number_of_iterations_is_kept) {
  RestoreParameters parameters;
  parameters.iterations = 7;

  EXPECT_EQ(calibrate("c", parameters, {}, {trial(30)}).iterations, 7);
}

TEST(Calibrate, takes_the_median_of_what_the_stacks_say) {
  const Calibration calibration =
      calibrate("c", {}, {{.source = "assumed", .model = "gaussian", .flags = "psf_assumed"}},
                {trial(30, 1.25f), failed_trial("gain_unknown"), trial(12, 1.1f), trial(14, 1.4f)});

  EXPECT_EQ(calibration.iterations, 14);
  EXPECT_EQ(calibration.psf_stretch_z, 1.25f);
  EXPECT_EQ(calibration.psf_stretch_xy, 1);
  EXPECT_EQ(calibration.psf_source, "assumed");
  EXPECT_EQ(calibration.flags, "psf_assumed");
}

TEST(Calibrate, without_a_trial_that_can_tell_the_default_is_flagged_with_the_reason) {
  const Calibration none = calibrate("c", {}, {}, {});
  const Calibration correlated = calibrate("c", {}, {}, {failed_trial("noise_correlated")});

  EXPECT_EQ(none.iterations, 20);
  EXPECT_EQ(none.flags, "iterations_default");
  EXPECT_EQ(correlated.iterations, 20);
  EXPECT_THAT(correlated.flags, HasSubstr("noise_correlated"));
  EXPECT_EQ(correlated.psf_stretch_z, 1);
}

}  // namespace
}  // namespace bramble
