#include "pipeline/stack/choose_psf.hpp"

#include "kernels/core/error.hpp"
#include "kernels/restore/gaussian_psf.hpp"
#include "kernels/restore/psf_grid.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace bramble {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

Acquisition plain_acquisition() {
  Acquisition acquisition;
  acquisition.extent = {40, 200, 200};
  acquisition.spacing = {1.0f, 0.12f, 0.1f};
  return acquisition;
}

Acquisition described_acquisition() {
  Acquisition acquisition = plain_acquisition();
  acquisition.numerical_aperture = 0.8f;
  acquisition.excitation_nm = 920.0f;
  acquisition.refractive_index = 1.33f;
  return acquisition;
}

StoredPsf stored_gaussian(float fwhm_xy_um, float fwhm_z_um, const char* kind) {
  StoredPsf stored;
  stored.values =
      gaussian_psf({0.5f, 0.08f, 0.08f}, {.fwhm_xy_um = fwhm_xy_um, .fwhm_z_um = fwhm_z_um});
  stored.place = "beads.h5:/psf/a";
  stored.kind = kind;
  stored.model = "gaussian";
  return stored;
}

void expect_ready(const Volume<float>& psf, Spacing spacing) {
  EXPECT_EQ(psf.spacing(), spacing);
  EXPECT_EQ(psf.extent().z % 2 + psf.extent().y % 2 + psf.extent().x % 2, 3);
  EXPECT_NEAR(sum_of(psf.view()), 1, 1e-5);
}

TEST(ChoosePsf, given_file_comes_first) {
  const Acquisition acquisition = described_acquisition();
  const StoredPsf given = stored_gaussian(0.6f, 2.5f, "measured");
  const StoredPsf archived = stored_gaussian(0.4f, 1.5f, "measured");

  const ChosenPsf chosen =
      choose_psf(acquisition, {.psf = "beads.h5:/psf/a"}, {.given = &given, .archived = &archived});

  expect_ready(chosen.psf, acquisition.spacing);
  EXPECT_EQ(chosen.record.source, "file");
  EXPECT_EQ(chosen.record.model, "measured");
  EXPECT_NEAR(chosen.record.fwhm_xy_um, 0.6, 0.006);
  EXPECT_NEAR(chosen.record.fwhm_z_um, 2.5, 0.025);
  EXPECT_GE(chosen.record.energy_frac, 0.99);
  EXPECT_EQ(chosen.record.flags, "");
}

TEST(ChoosePsf, archive_comes_before_metadata_and_says_whether_it_was_measured) {
  const StoredPsf theoretical = stored_gaussian(0.5f, 2.0f, "theoretical");
  const StoredPsf unknown = stored_gaussian(0.5f, 2.0f, "");

  const ChosenPsf first = choose_psf(described_acquisition(), {}, {.archived = &theoretical});
  const ChosenPsf second = choose_psf(described_acquisition(), {}, {.archived = &unknown});

  EXPECT_EQ(first.record.source, "archive");
  EXPECT_EQ(first.record.model, "gaussian");
  EXPECT_NEAR(first.record.fwhm_xy_um, 0.5, 0.005);
  EXPECT_EQ(second.record.model, "measured");
}

TEST(ChoosePsf, metadata_gives_a_computed_one) {
  const Acquisition acquisition = described_acquisition();

  const ChosenPsf chosen = choose_psf(acquisition, {}, {});

  expect_ready(chosen.psf, acquisition.spacing);
  EXPECT_EQ(chosen.record.source, "computed");
  EXPECT_EQ(chosen.record.model, "vectorial");
  EXPECT_NEAR(chosen.record.fwhm_xy_um, 0.476, 0.005);
  EXPECT_NEAR(chosen.record.fwhm_z_um, 2.28, 0.05);
  EXPECT_EQ(chosen.record.flags, "");
}

TEST(ChoosePsf, without_metadata_it_is_assumed) {
  Acquisition incomplete = described_acquisition();
  incomplete.refractive_index.reset();
  Acquisition impossible = described_acquisition();
  impossible.excitation_nm = 9.2e-7f;

  const ChosenPsf assumed = choose_psf(incomplete, {}, {});

  expect_ready(assumed.psf, incomplete.spacing);
  EXPECT_EQ(assumed.record.source, "assumed");
  EXPECT_EQ(assumed.record.model, "gaussian");
  EXPECT_NEAR(assumed.record.fwhm_xy_um, 0.45, 1e-3);
  EXPECT_NEAR(assumed.record.fwhm_z_um, 1.9, 1e-3);
  EXPECT_EQ(assumed.record.energy_frac, 1);
  EXPECT_EQ(assumed.record.flags, "psf_assumed");
  EXPECT_EQ(choose_psf(impossible, {}, {}).record.flags, "psf_assumed,psf_metadata_implausible");
}

TEST(ChoosePsf, gaussian_may_be_asked_for) {
  const StoredPsf archived = stored_gaussian(0.4f, 1.5f, "measured");

  const ChosenPsf chosen = choose_psf(
      described_acquisition(), {.psf = "gaussian", .psf_fwhm_xy_um = 0.55f, .psf_fwhm_z_um = 2.2f},
      {.archived = &archived});

  EXPECT_EQ(chosen.record.source, "parameters");
  EXPECT_NEAR(chosen.record.fwhm_xy_um, 0.55, 1e-3);
  EXPECT_EQ(chosen.record.flags, "");
}

TEST(ChoosePsf, every_kind_can_be_stretched) {
  const StoredPsf archived = stored_gaussian(0.5f, 2.0f, "measured");
  const PsfFiles no_files;
  const PsfFiles with_archive{.archived = &archived};
  const std::pair<Acquisition, PsfFiles> cases[] = {{described_acquisition(), with_archive},
                                                    {described_acquisition(), no_files},
                                                    {plain_acquisition(), no_files}};
  for (const auto& [acquisition, files] : cases) {
    const ChosenPsf plain = choose_psf(acquisition, {}, files);
    SCOPED_TRACE(plain.record.source);

    const ChosenPsf wider = choose_psf(acquisition, {}, files, {.xy = 1.2, .z = 0.9});

    expect_ready(wider.psf, acquisition.spacing);
    EXPECT_NEAR(wider.record.fwhm_xy_um / plain.record.fwhm_xy_um, 1.2, 0.01);
    EXPECT_NEAR(wider.record.fwhm_z_um / plain.record.fwhm_z_um, 0.9, 0.015);
  }
}

TEST(ChoosePsf, thin_stack_gets_no_more_planes_than_it_has_distances) {
  Acquisition acquisition = described_acquisition();
  acquisition.extent.z = 3;

  const ChosenPsf chosen = choose_psf(acquisition, {}, {});

  EXPECT_EQ(chosen.psf.extent().z, 5);
  EXPECT_LT(chosen.record.energy_frac, 0.97);
  EXPECT_GT(chosen.record.energy_frac, 0.7);
}

TEST(ChoosePsf, unusable_file_is_named) {
  StoredPsf dark = stored_gaussian(0.5f, 2.0f, "measured");
  std::fill(dark.values.voxels().begin(), dark.values.voxels().end(), 0.0f);

  EXPECT_THAT([&] { choose_psf(plain_acquisition(), {}, {.given = &dark}); },
              ThrowsMessage<DataError>(
                  AllOf(HasSubstr("beads.h5:/psf/a"), HasSubstr("expected one bright spot"))));
  EXPECT_THROW(choose_psf(plain_acquisition(), {.psf = "beads.h5"}, {}), InvalidArgument);
  EXPECT_THROW(choose_psf(plain_acquisition(), {}, {}, {.xy = 0}), InvalidArgument);
}

std::vector<ChosenPsf> chosen_between(std::vector<double> depths_um) {
  std::vector<ChosenPsf> chosen;
  for (std::size_t i = 0; i + 1 < depths_um.size(); ++i) {
    chosen.push_back(choose_psf(plain_acquisition(), {.psf = "gaussian"}, {}));
    chosen.back().record.from_um = depths_um[i];
    chosen.back().record.to_um = depths_um[i + 1];
  }
  return chosen;
}

TEST(StackPsfByDepth, a_slice_belongs_to_the_range_that_holds_its_centre) {
  Acquisition acquisition = plain_acquisition();
  acquisition.spacing.z_um = 0.3f;
  const std::vector<ChosenPsf> chosen = chosen_between({0, 3, 3.1, 7.35, std::nan("")});

  const StackPsf psf = stack_psf(chosen, acquisition);

  // Slice 10 lies at 3 um, slice 11 at 3.3 um: nothing of the stack lies between 3.05 and 3.1 um.
  ASSERT_EQ(psf.ranges.size(), 4u);
  EXPECT_EQ(psf.ranges[0].first_slice, 0);
  EXPECT_EQ(psf.ranges[1].first_slice, 10);
  EXPECT_EQ(psf.ranges[2].first_slice, 11);
  EXPECT_EQ(psf.ranges[3].first_slice, 25);
  EXPECT_EQ(psf.ranges[3].psf, &chosen[3].psf);
}

TEST(StackPsfByDepth, ranges_without_a_slice_are_left_out) {
  const std::vector<ChosenPsf> chosen = chosen_between({0, 12.2, 12.8, 39.5, 60});

  const StackPsf psf = stack_psf(chosen, plain_acquisition());

  ASSERT_EQ(psf.ranges.size(), 2u);
  EXPECT_EQ(psf.ranges[1].first_slice, 13);
  EXPECT_EQ(psf.ranges[1].psf, &chosen[2].psf);
}

TEST(StackPsfByDepth, a_stack_that_goes_deeper_than_the_last_range_is_refused) {
  const std::vector<ChosenPsf> chosen = chosen_between({0, 12, 38});

  EXPECT_THAT([&] { stack_psf(chosen, plain_acquisition()); },
              ThrowsMessage<DataError>(AllOf(HasSubstr("39 um below the first"),
                                             HasSubstr("restore.psf_depths ends at 38 um"))));
}

TEST(AssumesPsf, not_where_the_parameters_name_psfs_by_depth) {
  EXPECT_TRUE(assumes_psf(plain_acquisition(), {}));
  EXPECT_FALSE(assumes_psf(plain_acquisition(), {.psf_depths = {PsfDepth{}}}));
}

}  // namespace
}  // namespace bramble
