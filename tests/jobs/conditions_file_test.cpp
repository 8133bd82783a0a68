#include "jobs/conditions_file.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/stack/calibrate.hpp"
#include "tests/jobs/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

Acquisition acquisition_of_type(const std::string& voxel_type) {
  Acquisition acquisition;
  acquisition.extent = {4, 5, 6};
  acquisition.spacing = {1, 0.1f, 0.1f};
  acquisition.voxel_type = voxel_type;
  return acquisition;
}

TEST(ConditionsFile, reads_back_as_written) {
  const TemporaryFolder folder;
  const std::string path = folder.path() / "conditions.json";
  Calibration calibration;
  calibration.condition = acquisition_condition(acquisition_of_type("uint16"), {});
  calibration.iterations = 12;
  calibration.psf_source = "archive";
  calibration.psf_model = "measured";
  calibration.psf_stretch_xy = 0.9f;
  calibration.psf_stretch_z = 1.1f;
  calibration.psf_fwhm_xy_um = 0.45f;
  calibration.psf_fwhm_z_um = std::nanf("");
  calibration.psf_depths = {{.source = "file", .to_um = 12},
                            {.source = "parameters", .from_um = 12}};
  calibration.flags = "psf_assumed";
  ConditionTrial trial;
  trial.condition = calibration.condition;
  trial.stack_id = "0123";
  trial.iterations = 12;
  trial.held_out_log_likelihood = {-5.5, -4, -4.25};

  write_conditions(path, {.calibrations = {Calibration(), calibration}, .trials = {trial}});
  const Conditions read = read_conditions(path);
  const Calibration* const found =
      find_calibration(acquisition_of_type("uint16"), {}, read.calibrations);

  ASSERT_EQ(read.calibrations.size(), 2u);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->iterations, 12);
  EXPECT_EQ(found->psf_source, "archive");
  EXPECT_EQ(found->psf_model, "measured");
  EXPECT_EQ(found->psf_stretch_xy, 0.9f);
  EXPECT_EQ(found->psf_stretch_z, 1.1f);
  EXPECT_EQ(found->psf_fwhm_xy_um, 0.45f);
  EXPECT_TRUE(std::isnan(found->psf_fwhm_z_um));
  EXPECT_EQ(found->flags, "psf_assumed");
  ASSERT_EQ(found->psf_depths.size(), 2u);
  EXPECT_EQ(found->psf_depths[0].source, "file");
  EXPECT_EQ(found->psf_depths[0].to_um, 12);
  EXPECT_EQ(found->psf_depths[1].from_um, 12);
  EXPECT_TRUE(std::isnan(found->psf_depths[1].to_um));
  EXPECT_EQ(find_calibration(acquisition_of_type("uint8"), {}, read.calibrations), nullptr);
  ASSERT_EQ(read.trials.size(), 1u);
  EXPECT_EQ(read.trials[0].stack_id, "0123");
  EXPECT_EQ(read.trials[0].held_out_log_likelihood, trial.held_out_log_likelihood);
  EXPECT_EQ(trials_from_text(trials_to_text(read.trials)).at(0).iterations, 12);
}

TEST(ConditionsFile, anything_else_is_a_data_error) {
  const TemporaryFolder folder;
  write_text(folder.path() / "conditions.json", "{}");

  EXPECT_THROW(read_conditions(folder.path() / "conditions.json"), DataError);
  EXPECT_THROW(read_conditions(folder.path() / "absent.json"), DataError);
}

}  // namespace
}  // namespace bramble
