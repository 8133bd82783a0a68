#include "jobs/parameters_toml.hpp"

#include "kernels/core/error.hpp"
#include "tests/jobs/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bramble {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// The message of the InvalidArgument that reading `text` throws; empty when it throws none.
std::string refusal_of(const std::string& text) {
  try {
    parameters_from_toml(text, "project.toml");
    return {};
  } catch (const InvalidArgument& error) {
    return error.what();
  }
}

TEST(ParametersToml, an_empty_text_gives_the_defaults) {
  const Parameters parameters = parameters_from_toml("", "project.toml");

  EXPECT_EQ(parameters_to_toml(parameters), parameters_to_toml(Parameters()));
}

TEST(ParametersToml, values_replace_defaults_in_every_type) {
  const Parameters parameters = parameters_from_toml(
      "[input]\nchannel = \"GFP\"\nvoxel_size_um = [1, 0.1, 0.12]\n[restore]\niterations = 3\n"
      "[study]\nconfidence = 0.9\n[spines]\nmax_length_um = 5\n",
      "project.toml");

  EXPECT_EQ(parameters.input.channel, "GFP");
  EXPECT_EQ(parameters.input.voxel_size_um, (Spacing{1.0f, 0.1f, 0.12f}));
  EXPECT_EQ(parameters.restore.iterations, 3);
  EXPECT_EQ(parameters.study.confidence, 0.9);
  EXPECT_EQ(parameters.spines.max_length_um, 5.0f);
}

TEST(ParametersToml, what_is_printed_reads_back_the_same) {
  Parameters parameters;
  parameters.input.channel = "a \"quoted\" \\ name\n";
  parameters.input.voxel_size_um = Spacing{1.0f / 3, 1e-3f, 2};
  parameters.study.confidence = 0.1 + 0.6;
  parameters.segment.min_object_um3 = 1e10f;

  const std::string text = parameters_to_toml(parameters);
  const Parameters read = parameters_from_toml(text, "printed");

  EXPECT_EQ(parameters_to_toml(read), text);
  EXPECT_EQ(read.input.channel, parameters.input.channel);
  EXPECT_EQ(read.input.voxel_size_um, parameters.input.voxel_size_um);
  EXPECT_EQ(read.study.confidence, parameters.study.confidence);
}

TEST(ParametersToml, an_unknown_key_is_refused_with_its_place_and_the_nearest_name) {
  const std::string refusal = refusal_of("[restore]\n\n  iteration = 3\n");

  EXPECT_THAT(refusal, AllOf(HasSubstr("project.toml:3:3: "), HasSubstr("unknown key iteration"),
                             HasSubstr("did you mean iterations?")));
}

TEST(ParametersToml, a_key_in_the_wrong_table_is_refused_with_the_right_one) {
  EXPECT_THAT(refusal_of("[spines]\niterations = 3\n"),
              HasSubstr("iterations belongs to [restore]"));
  EXPECT_THAT(refusal_of("confidence = 0.9\n"), HasSubstr("confidence belongs to [study]"));
}

TEST(ParametersToml, a_key_like_no_other_is_refused_with_all_known_names) {
  EXPECT_THAT(refusal_of("[field]\nxyzzy = 3\n"), HasSubstr("known here: link_gate_um"));
}

TEST(ParametersToml, an_unknown_table_is_refused_with_the_nearest_name) {
  EXPECT_THAT(refusal_of("[restor]\niterations = 3\n"),
              AllOf(HasSubstr("project.toml:1:"), HasSubstr("unknown table restor"),
                    HasSubstr("did you mean restore?")));
}

TEST(ParametersToml, a_value_of_the_wrong_type_is_refused_with_both_types) {
  EXPECT_THAT(refusal_of("[restore]\niterations = \"many\"\n"),
              AllOf(HasSubstr("project.toml:2:14: "), HasSubstr("restore.iterations"),
                    HasSubstr("string"), HasSubstr("an integer")));
  EXPECT_THAT(refusal_of("[restore]\niterations = 2.5\n"), HasSubstr("an integer"));
  EXPECT_THAT(refusal_of("[input]\nchannel = 1\n"), HasSubstr("a string"));
  EXPECT_THAT(refusal_of("[input]\nvoxel_size_um = [1.0, 0.1]\n"), HasSubstr("three numbers"));
  EXPECT_THAT(refusal_of("restore = 1\n"), HasSubstr("expected a table"));
}

TEST(ParametersToml, a_value_out_of_range_is_refused_with_the_range) {
  EXPECT_THAT(refusal_of("[restore]\niterations = -1\n"),
              AllOf(HasSubstr("project.toml:2:14: "), HasSubstr("-1"), HasSubstr("0 to 1000")));
  EXPECT_THAT(refusal_of("[restore]\niterations = 9999999999\n"), HasSubstr("out of range"));
  EXPECT_THAT(refusal_of("[study]\nconfidence = nan\n"), HasSubstr("out of range"));
  EXPECT_THAT(refusal_of("[input]\nvoxel_size_um = [1.0, 0.0, 0.1]\n"), HasSubstr("positive"));
}

TEST(ParametersToml, values_that_contradict_each_other_are_refused) {
  EXPECT_THAT(refusal_of("[spines]\nkeep_probability = 0.9\nreport_probability = 0.5\n"),
              HasSubstr("report_probability"));
}

TEST(ParametersToml, psfs_by_depth_are_tables_in_either_form_and_read_back_the_same) {
  const Parameters in_line = parameters_from_toml(
      "[restore]\npsf_depths = [{ to_um = 12, psf = \"beads.h5:/psf/a\" },\n"
      "  { from_um = 12.0, psf_fwhm_xy_um = 0.5, psf_fwhm_z_um = 2.4 }]\n",
      "project.toml");
  const Parameters spread_out = parameters_from_toml(
      "[[restore.psf_depths]]\nto_um = 12\npsf = \"beads.h5:/psf/a\"\n"
      "[[restore.psf_depths]]\nfrom_um = 12\npsf_fwhm_xy_um = 0.5\npsf_fwhm_z_um = 2.4\n",
      "project.toml");
  const std::string text = parameters_to_toml(in_line);

  ASSERT_EQ(in_line.restore.psf_depths.size(), 2u);
  EXPECT_EQ(in_line.restore.psf_depths[0].psf, "beads.h5:/psf/a");
  EXPECT_EQ(in_line.restore.psf_depths[0].to_um, 12);
  EXPECT_EQ(in_line.restore.psf_depths[1].psf, "gaussian");
  EXPECT_EQ(in_line.restore.psf_depths[1].psf_fwhm_z_um, 2.4f);
  EXPECT_EQ(parameters_to_toml(spread_out), text);
  EXPECT_EQ(parameters_to_toml(parameters_from_toml(text, "printed")), text);
  EXPECT_NE(parameters_hash(in_line), parameters_hash(Parameters()));
}

TEST(ParametersToml, psfs_by_depth_that_overlap_leave_gaps_or_are_unknown_are_refused_by_key) {
  const auto refusal = [](const std::string& ranges) {
    return refusal_of("[restore]\npsf_depths = " + ranges + "\n");
  };

  EXPECT_THAT(refusal("[{ to_um = 12 }, { from_um = 10 }]"),
              AllOf(HasSubstr("project.toml:2:14: restore.psf_depths: range 2"),
                    HasSubstr("from_um is 10, expected 12"), HasSubstr("overlap")));
  EXPECT_THAT(refusal("[{ to_um = 12 }, { from_um = 13 }]"),
              AllOf(HasSubstr("restore.psf_depths: range 2"), HasSubstr("have no PSF")));
  EXPECT_THAT(refusal("[{ from_um = 3 }]"),
              AllOf(HasSubstr("range 1: from_um is 3, expected 0"), HasSubstr("have no PSF")));
  EXPECT_THAT(refusal("[{ }, { from_um = 13 }]"), HasSubstr("overlap"));
  EXPECT_THAT(refusal("[{ to_um = 12 }, { from_um = 12, to_um = 5 }]"),
              HasSubstr("from_um 12 is not above to_um 5"));
  EXPECT_THAT(refusal("[{ psf = \"gausian\" }]"),
              AllOf(HasSubstr("restore.psf_depths: range 1: psf \"gausian\" is unknown"),
                    HasSubstr("expected gaussian or a file")));
  EXPECT_THAT(refusal("[{ psf = \"auto\" }]"), HasSubstr("psf \"auto\" is unknown"));
  EXPECT_THAT(refusal("[{ psf_fwhm_z_um = -1 }]"),
              AllOf(HasSubstr("project.toml:2:33: restore.psf_depths.psf_fwhm_z_um"),
                    HasSubstr("out of range")));
  EXPECT_THAT(refusal("[{ psf_fwhm_zum = 2 }]"),
              AllOf(HasSubstr("unknown key psf_fwhm_zum in [restore.psf_depths]"),
                    HasSubstr("did you mean psf_fwhm_z_um?")));
  EXPECT_THAT(refusal("[3]"), HasSubstr("a list of tables"));
  EXPECT_THAT(refusal("3"), HasSubstr("a list of tables"));
  EXPECT_THAT(refusal("[{ }]\npsf = \"gaussian\""),
              AllOf(HasSubstr("project.toml: restore.psf"), HasSubstr("restore.psf_depths")));
}

TEST(ParametersToml, bad_syntax_is_refused_with_its_place) {
  EXPECT_THAT(refusal_of("[restore]\niterations =\n"), HasSubstr("project.toml:2:"));
}

TEST(ParametersToml, a_provenance_table_is_passed_over) {
  EXPECT_EQ(refusal_of("[provenance]\nversion = \"0.1.0\"\n"), "");
}

TEST(ParametersToml, a_file_that_is_not_there_is_refused_by_name) {
  const TemporaryFolder folder;

  EXPECT_THROW(read_parameters(folder.path() / "absent.toml"), InvalidArgument);
  EXPECT_THROW(read_parameters(folder.path()), InvalidArgument);
}

TEST(ParametersHash, is_the_same_for_equal_parameters_and_another_for_others) {
  Parameters changed;
  changed.study.confidence = 0.9;

  EXPECT_EQ(parameters_hash(Parameters()), parameters_hash(parameters_from_toml("", "empty")));
  EXPECT_NE(parameters_hash(Parameters()), parameters_hash(changed));
  EXPECT_EQ(parameters_hash(Parameters()).size(), 64u);
}

TEST(ParameterDifferences, name_the_key_and_both_values) {
  Parameters there;
  Parameters here;
  there.restore.iterations = 6;
  here.restore.iterations = 12;
  here.input.voxel_size_um = Spacing{1, 1, 1};

  EXPECT_THAT(parameter_differences(there, here),
              ElementsAre("input.voxel_size_um: not set there, [1.0, 1.0, 1.0] here",
                          "restore.iterations: 6 there, 12 here"));
  EXPECT_THAT(parameter_differences(here, here), ElementsAre());
}

}  // namespace
}  // namespace bramble
