#include "jobs/stack_psfs.hpp"

#include "kernels/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

ManifestEntry entry() {
  ManifestEntry made;
  made.acquisition.extent = {20, 64, 64};
  made.acquisition.spacing = {1, 0.1f, 0.1f};
  return made;
}

TEST(StackPsfs, without_ranges_there_is_one) {
  const std::vector<ChosenPsf> chosen = StackPsfs({}).choose(entry(), {});

  ASSERT_EQ(chosen.size(), 1u);
  EXPECT_EQ(chosen[0].record.source, "assumed");
}

TEST(StackPsfs, each_range_of_depth_has_its_own) {
  StackPsfs psfs({.psf_depths = {{.to_um = 8, .psf_fwhm_z_um = 1.8f},
                                 {.from_um = 8, .psf_fwhm_xy_um = 0.6f, .psf_fwhm_z_um = 2.4f}}});

  const std::vector<ChosenPsf> chosen = psfs.choose(entry(), {});

  ASSERT_EQ(chosen.size(), 2u);
  EXPECT_EQ(chosen[0].record.source, "parameters");
  EXPECT_EQ(chosen[0].record.to_um, 8);
  EXPECT_NEAR(chosen[0].record.fwhm_z_um, 1.8, 0.02);
  EXPECT_EQ(chosen[1].record.from_um, 8);
  EXPECT_TRUE(std::isnan(chosen[1].record.to_um));
  EXPECT_NEAR(chosen[1].record.fwhm_xy_um, 0.6, 0.01);
}

TEST(StackPsfs, a_range_whose_file_is_not_there_is_refused_by_its_key) {
  StackPsfs psfs({.psf_depths = {{.to_um = 8}, {.from_um = 8, .psf = "absent.h5:/psf/deep"}}});

  EXPECT_THAT([&] { psfs.choose(entry(), {}); },
              ThrowsMessage<DataError>(
                  AllOf(HasSubstr("restore.psf_depths[1].psf: "), HasSubstr("absent.h5"))));
}

}  // namespace
}  // namespace bramble
