#include "jobs/restoration_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bramble {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

Calibration calibration_by_depth() {
  Calibration calibration;
  calibration.psf_source = "parameters";
  calibration.psf_model = "by_depth";
  calibration.psf_depths = {{.source = "file",
                             .model = "measured",
                             .fwhm_xy_um = 0.45,
                             .fwhm_z_um = 1.9,
                             .from_um = 0,
                             .to_um = 12.5},
                            {.source = "parameters",
                             .model = "gaussian",
                             .fwhm_xy_um = 0.6,
                             .fwhm_z_um = 2.4,
                             .from_um = 12.5}};
  return calibration;
}

TEST(RestorationText, names_the_psf_of_every_range_of_depth_of_condition_and_stack) {
  StackResult result;
  result.calibration = calibration_by_depth();
  result.restoration.method = "scaled_heavy_ball";
  const auto names_both =
      AllOf(HasSubstr("PSF by depth: 0 to 12.5 um file (measured), 0.45 x 1.90 um wide"),
            HasSubstr("from 12.5 um parameters (gaussian), 0.60 x 2.40 um wide"));

  EXPECT_THAT(to_text(result.calibration), names_both);
  EXPECT_THAT(to_text(result), names_both);
}

TEST(RestorationText, of_one_psf_names_source_widths_and_stretch) {
  Calibration calibration;
  calibration.psf_source = "assumed";
  calibration.psf_model = "gaussian";
  calibration.psf_fwhm_xy_um = 0.45f;
  calibration.psf_fwhm_z_um = 2.38f;
  calibration.psf_stretch_z = 1.25f;

  EXPECT_THAT(to_text(calibration),
              HasSubstr("PSF assumed (gaussian), 0.45 x 2.38 um wide, stretched 1.00 x 1.25"));
}

}  // namespace
}  // namespace bramble
