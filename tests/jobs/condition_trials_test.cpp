#include "jobs/condition_trials.hpp"

#include "pipeline/stack/calibrate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bramble {
namespace {

using ::testing::ElementsAre;

ManifestEntry entry(const std::string& stack_id, float spacing_z_um = 1) {
  ManifestEntry made;
  made.identity.stack_id = stack_id;
  made.acquisition.extent = {10, 64, 64};
  made.acquisition.spacing = {spacing_z_um, 0.1f, 0.1f};
  made.acquisition.voxel_type = "uint16";
  return made;
}

std::vector<std::string> ids_of(const Manifest& manifest) {
  std::vector<std::string> ids;
  for (const ManifestEntry& made : manifest.stacks) {
    ids.push_back(made.identity.stack_id);
  }
  return ids;
}

TEST(StacksToTry, are_the_first_three_of_each_condition_by_id) {
  ManifestEntry unusable = entry("a0");
  unusable.problem = "truncated";
  const Manifest manifest{
      .stacks = {entry("c"), entry("a"), unusable, entry("d"), entry("b"), entry("e", 2)}};

  EXPECT_THAT(ids_of(stacks_to_try(manifest, {}, {})), ElementsAre("a", "b", "c", "e"));
}

TEST(StacksToTry, are_none_where_nothing_is_left_to_decide) {
  RestoreParameters given;
  given.iterations = 10;
  given.psf = "gaussian";
  RestoreParameters kept;
  kept.iterations = 0;

  EXPECT_TRUE(stacks_to_try({.stacks = {entry("a")}}, given, {}).stacks.empty());
  EXPECT_TRUE(stacks_to_try({.stacks = {entry("a")}}, kept, {}).stacks.empty());
}

TEST(StacksToTry, leave_out_what_an_earlier_attempt_tried) {
  ConditionTrial known;
  known.stack_id = "a";
  known.condition = acquisition_condition(entry("a").acquisition, {});

  EXPECT_THAT(ids_of(stacks_to_try({.stacks = {entry("a"), entry("b")}}, {}, {known})),
              ElementsAre("b"));
}

TEST(CalibrateConditions, gives_one_calibration_a_condition) {
  const Manifest manifest{.stacks = {entry("a"), entry("b"), entry("c", 2)}};
  ConditionTrial trial;
  trial.condition = acquisition_condition(entry("a").acquisition, {});
  trial.iterations = 14;
  trial.psf_stretch_z = 1.25f;

  const std::vector<Calibration> calibrations = calibrate_conditions(manifest, {}, {trial});

  ASSERT_EQ(calibrations.size(), 2u);
  const Calibration* tried = find_calibration(entry("a").acquisition, {}, calibrations);
  const Calibration* other = find_calibration(entry("c", 2).acquisition, {}, calibrations);
  ASSERT_NE(tried, nullptr);
  ASSERT_NE(other, nullptr);
  EXPECT_EQ(tried->iterations, 14);
  EXPECT_EQ(tried->psf_source, "assumed");
  EXPECT_NEAR(tried->psf_fwhm_z_um, 1.25 * 1.9, 0.02);
  EXPECT_EQ(other->iterations, 20);
  EXPECT_NEAR(other->psf_fwhm_z_um, 1.9, 0.02);
}

TEST(CalibrateConditions, names_the_psf_of_every_range_of_depth) {
  const RestoreParameters parameters{
      .psf_depths = {{.from_um = 0, .to_um = 5, .psf_fwhm_z_um = 1.8f},
                     {.from_um = 5, .psf_fwhm_xy_um = 0.6f, .psf_fwhm_z_um = 2.4f}}};

  const std::vector<Calibration> calibrations =
      calibrate_conditions({.stacks = {entry("a")}}, parameters, {});

  ASSERT_EQ(calibrations.size(), 1u);
  ASSERT_EQ(calibrations[0].psf_depths.size(), 2u);
  EXPECT_EQ(calibrations[0].psf_depths[0].to_um, 5);
  EXPECT_NEAR(calibrations[0].psf_depths[0].fwhm_z_um, 1.8, 0.02);
  EXPECT_NEAR(calibrations[0].psf_depths[1].fwhm_xy_um, 0.6, 0.02);
  EXPECT_NE(find_calibration(entry("a").acquisition, parameters, calibrations), nullptr);
  EXPECT_EQ(find_calibration(entry("a").acquisition, {}, calibrations), nullptr);
}

}  // namespace
}  // namespace bramble
