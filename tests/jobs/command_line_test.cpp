#include "jobs/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// What a line asks for, and what it printed.
struct Parsed {
  Command command;
  std::string out;
  std::string err;
};

Parsed parse(std::vector<const char*> words) {
  words.insert(words.begin(), "bramble");
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Command command = parse_command_line(static_cast<int>(words.size()), words.data());
  std::string out = testing::internal::GetCapturedStdout();
  return {std::move(command), std::move(out), testing::internal::GetCapturedStderr()};
}

TEST(CommandLine, run_takes_archives_and_options_in_any_order) {
  const Parsed parsed =
      parse({"run", "a.h5", "--out", "results", "b.h5", "--threads", "3", "--select",
             "sub=M01,ses=d01", "--voxel-size-um", "1,0.1,0.1", "--device", "cpu"});

  const auto& options = std::get<RunOptions>(parsed.command);
  EXPECT_THAT(options.input.archives, ElementsAre("a.h5", "b.h5"));
  EXPECT_EQ(options.out, "results");
  EXPECT_EQ(options.num_threads, 3);
  EXPECT_EQ(options.input.selection, "sub=M01,ses=d01");
  EXPECT_EQ(options.input.voxel_size_um, "1,0.1,0.1");
  EXPECT_EQ(options.device, "cpu");
}

TEST(CommandLine, run_needs_archives_and_a_folder_unless_it_prints_the_configuration) {
  EXPECT_EQ(std::get<ExitCode>(parse({"run", "--out", "results"}).command), ExitCode::usage);
  EXPECT_EQ(std::get<ExitCode>(parse({"run", "a.h5"}).command), ExitCode::usage);
  EXPECT_TRUE(std::get<RunOptions>(parse({"run", "--print-config"}).command).print_config);
}

TEST(CommandLine, retry_takes_a_run_folder_and_nothing_about_the_input) {
  const Parsed parsed = parse({"retry", "results", "--device", "cpu", "--max-failures", "3"});

  const auto& options = std::get<RunOptions>(parsed.command);
  EXPECT_TRUE(options.only_failed);
  EXPECT_EQ(options.out, "results");
  EXPECT_EQ(options.device, "cpu");
  EXPECT_EQ(options.max_failures, 3);
  EXPECT_EQ(std::get<ExitCode>(parse({"retry"}).command), ExitCode::usage);
  EXPECT_EQ(std::get<ExitCode>(parse({"retry", "results", "--channel", "GFP"}).command),
            ExitCode::usage);
}

TEST(CommandLine, a_run_retries_nothing_and_bears_any_number_of_failures) {
  const Parsed parsed = parse({"run", "a.h5", "--out", "results"});

  EXPECT_FALSE(std::get<RunOptions>(parsed.command).only_failed);
  EXPECT_FALSE(std::get<RunOptions>(parsed.command).max_failures);
  EXPECT_EQ(std::get<ExitCode>(
                parse({"run", "a.h5", "--out", "results", "--max-failures", "-1"}).command),
            ExitCode::usage);
}

TEST(CommandLine, status_takes_a_run_folder) {
  EXPECT_TRUE(std::get<StatusOptions>(parse({"status", "results", "--json"}).command).json);
  EXPECT_EQ(std::get<ExitCode>(parse({"status"}).command), ExitCode::usage);
}

TEST(CommandLine, mistakes_are_usage_errors_on_stderr) {
  const Parsed unknown = parse({"run", "a.h5", "--out", "results", "--colour"});

  EXPECT_EQ(std::get<ExitCode>(unknown.command), ExitCode::usage);
  EXPECT_THAT(unknown.err, HasSubstr("--colour"));
  EXPECT_EQ(unknown.out, "");
  EXPECT_EQ(std::get<ExitCode>(parse({}).command), ExitCode::usage);
  EXPECT_EQ(std::get<ExitCode>(parse({"fly"}).command), ExitCode::usage);
  EXPECT_EQ(std::get<ExitCode>(parse({"run", "a.h5", "--out", "r", "--device", "gpu"}).command),
            ExitCode::usage);
  EXPECT_EQ(std::get<ExitCode>(parse({"run", "a.h5", "--out", "r", "--threads", "-1"}).command),
            ExitCode::usage);
}

TEST(CommandLine, help_begins_with_examples_on_stdout) {
  const Parsed whole = parse({"--help"});
  const Parsed of_run = parse({"run", "--help"});

  EXPECT_EQ(std::get<ExitCode>(whole.command), ExitCode::complete);
  EXPECT_THAT(whole.out, StartsWith("Examples:\n  bramble "));
  EXPECT_EQ(std::get<ExitCode>(of_run.command), ExitCode::complete);
  EXPECT_THAT(of_run.out, StartsWith("Examples:\n  bramble run "));
  EXPECT_EQ(of_run.err, "");
}

TEST(CommandLine, version_tells_the_libraries) {
  const Parsed parsed = parse({"--version"});

  EXPECT_EQ(std::get<ExitCode>(parsed.command), ExitCode::complete);
  EXPECT_THAT(parsed.out, StartsWith("bramble "));
  EXPECT_THAT(parsed.out, HasSubstr("HDF5"));
  EXPECT_THAT(parsed.out, HasSubstr("Open MPI"));
}

TEST(CommandLine, evaluate_needs_a_run_and_a_truth) {
  const Parsed parsed = parse({"evaluate", "results", "--truth", "study", "--gate-z-um", "2.5"});

  const auto& options = std::get<EvaluateOptions>(parsed.command);
  EXPECT_EQ(options.run, "results");
  EXPECT_EQ(options.truth, "study");
  EXPECT_EQ(options.out, "");
  EXPECT_FALSE(options.gate_xy_um.has_value());
  EXPECT_EQ(options.gate_z_um, 2.5);
  EXPECT_EQ(std::get<ExitCode>(parse({"evaluate", "results"}).command), ExitCode::usage);
  EXPECT_EQ(std::get<ExitCode>(parse({"evaluate", "--truth", "study"}).command), ExitCode::usage);
}

TEST(CommandLine, phantom_takes_lists_of_presets_and_days) {
  const Parsed parsed =
      parse({"phantom", "study", "--seed", "7", "--preset", "smoke,V1", "--sessions", "-1,1,3"});

  const PhantomOptions& options = std::get<PhantomOptions>(parsed.command);
  EXPECT_EQ(options.seed, 7u);
  EXPECT_THAT(options.presets, ElementsAre("smoke", "V1"));
  ASSERT_TRUE(options.session_days.has_value());
  EXPECT_THAT(*options.session_days, ElementsAre(-1, 1, 3));
}

TEST(CommandLine, psf_writes_shows_or_estimates) {
  const Parsed write = parse({"psf", "write", "a.h5", "--na", "0.8", "--wavelength-nm", "920",
                              "--fill", "inf", "--spacing", "1,0.1,0.1"});
  const Parsed gaussian =
      parse({"psf", "write", "a.h5", "--gaussian", "0.45,1.9", "--spacing", "1,0.1,0.1"});
  const Parsed show = parse({"psf", "show", "a.h5:/psf/a"});
  const Parsed estimate = parse({"psf", "estimate", "a.h5", "b.h5", "--out", "c.h5"});

  EXPECT_EQ(std::get<PsfWriteOptions>(write.command).numerical_aperture, 0.8f);
  EXPECT_EQ(std::get<PsfWriteOptions>(write.command).refractive_index, 1.33f);
  EXPECT_TRUE(std::isinf(std::get<PsfWriteOptions>(write.command).pupil_fill));
  EXPECT_THAT(std::get<PsfWriteOptions>(gaussian.command).gaussian_fwhm_um,
              ElementsAre(0.45f, 1.9f));
  EXPECT_EQ(std::get<PsfShowOptions>(show.command).place, "a.h5:/psf/a");
  EXPECT_THAT(std::get<PsfEstimateOptions>(estimate.command).stacks, ElementsAre("a.h5", "b.h5"));
  EXPECT_EQ(std::get<PsfEstimateOptions>(estimate.command).out, "c.h5");
}

TEST(CommandLine, psf_write_needs_optics_or_widths) {
  EXPECT_EQ(std::get<ExitCode>(parse({"psf"}).command), ExitCode::usage);
  EXPECT_EQ(std::get<ExitCode>(
                parse({"psf", "write", "a.h5", "--na", "0.8", "--spacing", "1,1,1"}).command),
            ExitCode::usage);
  EXPECT_EQ(std::get<ExitCode>(parse({"psf", "write", "a.h5", "--na", "0.8", "--gaussian",
                                      "0.45,1.9", "--spacing", "1,1,1"})
                                   .command),
            ExitCode::usage);
  EXPECT_THAT(parse({"psf", "show", "--help"}).out, StartsWith("Examples:\n  bramble psf show "));
}

}  // namespace
}  // namespace bramble
