#include "jobs/conditions_file.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/stack/calibrate.hpp"
#include "tests/jobs/temporary_folder.hpp"

#include <gtest/gtest.h>

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
  calibration.condition = acquisition_condition(acquisition_of_type("uint16"));
  calibration.iterations = 12;
  calibration.psf_fwhm_xy_um = 0.45f;
  calibration.psf_fwhm_z_um = 1.9f;
  calibration.flags = "psf_assumed";

  write_conditions(path, {Calibration(), calibration});
  const std::vector<Calibration> read = read_conditions(path);
  const Calibration* const found = find_calibration(acquisition_of_type("uint16"), read);

  ASSERT_EQ(read.size(), 2u);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->iterations, 12);
  EXPECT_EQ(found->psf_fwhm_xy_um, 0.45f);
  EXPECT_EQ(found->psf_fwhm_z_um, 1.9f);
  EXPECT_EQ(found->flags, "psf_assumed");
  EXPECT_EQ(find_calibration(acquisition_of_type("uint8"), read), nullptr);
}

TEST(ConditionsFile, anything_else_is_a_data_error) {
  const TemporaryFolder folder;
  write_text(folder.path() / "conditions.json", "{}");

  EXPECT_THROW(read_conditions(folder.path() / "conditions.json"), DataError);
  EXPECT_THROW(read_conditions(folder.path() / "absent.json"), DataError);
}

}  // namespace
}  // namespace bramble
