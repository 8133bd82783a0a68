#include "io/psf_file.hpp"
#include "jobs/command_psf.hpp"
#include "kernels/core/error.hpp"
#include "kernels/restore/psf_shape.hpp"
#include "tests/jobs/temporary_folder.hpp"
#include "tests/pipeline/beads/bead_stack.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <filesystem>

namespace bramble {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

template <class Options>
std::string printed_by(ExitCode (*command)(const Options&), const Options& options) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(command(options), ExitCode::complete);
  std::fflush(stdout);
  return testing::internal::GetCapturedStdout();
}

TEST(Psf, written_one_can_be_shown) {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "a.h5";
  const std::string picture = folder.path() / "a.png";

  const std::string written = printed_by(psf_write_command, {.out = file,
                                                             .spacing_um = {0.5f, 0.1f, 0.1f},
                                                             .numerical_aperture = 0.8f,
                                                             .wavelength_nm = 920});
  const std::string shown = printed_by(psf_show_command, {.place = file, .picture = picture});
  const nlohmann::json json = nlohmann::json::parse(
      printed_by(psf_show_command, {.place = file, .picture = picture, .json = true}));

  EXPECT_THAT(written, HasSubstr(file));
  EXPECT_THAT(shown, HasSubstr("theoretical, vectorial"));
  EXPECT_NEAR(json.at("fwhm_xy_um"), 0.476, 0.005);
  EXPECT_NEAR(json.at("fwhm_z_um"), 2.28, 0.03);
  EXPECT_EQ(json.at("model"), "vectorial");
  EXPECT_TRUE(fs::exists(picture));
  EXPECT_EQ(read_psf(file).numerical_aperture, 0.8f);
}

TEST(Psf, gaussian_has_the_widths_that_were_asked_for) {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "a.h5";

  printed_by(psf_write_command,
             {.out = file, .spacing_um = {1, 0.1f, 0.1f}, .gaussian_fwhm_um = {0.5f, 2.0f}});

  const StoredPsf psf = read_psf(file);
  EXPECT_EQ(psf.model, "gaussian");
  EXPECT_NEAR(psf_shape(psf.values.view()).fwhm_xy_um, 0.5, 1e-3);
  EXPECT_NEAR(psf_shape(psf.values.view()).fwhm_z_um, 2.0, 1e-3);
}

TEST(Psf, is_estimated_from_beads) {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "beads.h5";
  const std::string out = folder.path() / "measured.h5";
  StoredPsf beads;
  beads.values = render_beads({.extent = {61, 80, 139}}, {{12.1, 4.03, 2.3}, {11.8, 4.2, 6.96}});
  beads.kind = "measured";
  write_psf(file, beads);

  const std::string printed = printed_by(psf_estimate_command, {.stacks = {file}, .out = out});

  EXPECT_THAT(printed, HasSubstr("2 bright spots, 2 usable"));
  EXPECT_THAT(printed, HasSubstr("2 averaged, 0 outliers left out"));
  const StoredPsf psf = read_psf(out);
  EXPECT_EQ(psf.kind, "measured");
  EXPECT_EQ(psf.model, "beads");
  EXPECT_NEAR(psf_shape(psf.values.view()).nearest_gaussian.fwhm_xy_um, 0.45, 0.03 * 0.45);
  EXPECT_NEAR(psf_shape(psf.values.view()).nearest_gaussian.fwhm_z_um, 1.9, 0.03 * 1.9);
}

TEST(Psf, stack_without_beads_is_nothing_usable) {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "beads.h5";
  const std::string out = folder.path() / "measured.h5";
  StoredPsf beads;
  beads.values = render_beads({.extent = {11, 20, 20}}, {});
  beads.kind = "measured";
  write_psf(file, beads);

  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const ExitCode code = psf_estimate_command({.stacks = {file}, .out = out});
  testing::internal::GetCapturedStdout();

  EXPECT_EQ(code, ExitCode::nothing_usable);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("--half-depth-um"));
  EXPECT_FALSE(fs::exists(out));
}

TEST(Psf, impossible_optics_and_missing_files_are_named) {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "a.h5";

  EXPECT_THAT(
      [&] {
        psf_write_command({.out = file,
                           .spacing_um = {1, 0.1f, 0.1f},
                           .numerical_aperture = 1.4f,
                           .wavelength_nm = 920});
      },
      ThrowsMessage<InvalidArgument>(HasSubstr("numerical aperture")));
  EXPECT_THAT([&] { psf_show_command({.place = file}); },
              ThrowsMessage<DataError>(HasSubstr(file)));
}

}  // namespace
}  // namespace bramble
