#include "tests/io/swc_standard.hpp"
#include "tests/jobs/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

// `bramble phantom` as a user calls it.
namespace bramble {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class PhantomCommand : public ::testing::Test {
 protected:
  std::string out(const std::string& name) const { return (folder_.path() / name).string(); }
  std::string tiny(const std::string& name, const std::string& more = "") const {
    return "phantom " + out(name) + " --preset tiny " + more;
  }

  TemporaryFolder folder_;
};

TEST_F(PhantomCommand, any_number_of_ranks_and_threads_gives_the_same_files) {
  const Finished one = run_bramble(tiny("one", "--threads 1"));
  const Finished two_threads = run_bramble(tiny("two", "--threads 2"));
  const Finished three_ranks = run_ranks(3, tiny("three", "--threads 1"));

  ASSERT_EQ(one.exit_code, 0) << one.err;
  ASSERT_EQ(two_threads.exit_code, 0) << two_threads.err;
  ASSERT_EQ(three_ranks.exit_code, 0) << three_ranks.err;
  const auto files = lasting_files(out("one"));
  for (const char* name :
       {"sub-K01_ses-dm01.h5", "sub-S01_ses-d01.h5", "truth_spines.csv", "truth_dendrites.csv",
        "truth_transitions.csv", "truth_summary.csv", "truth_transforms.csv", "truth_warp.csv",
        "truth_motion.csv", "truth_oracle.csv", "study.toml",
        "swc/sub-K01_ses-d01_chunk-01_d01.swc"}) {
    EXPECT_TRUE(files.contains(name)) << name;
  }
  EXPECT_FALSE(std::filesystem::exists(out("one") + "/truth_lines"));
  EXPECT_EQ(differing_files(files, lasting_files(out("two"))), "");
  EXPECT_EQ(differing_files(files, lasting_files(out("three"))), "");
}

TEST_F(PhantomCommand, another_seed_gives_other_stacks) {
  ASSERT_EQ(run_bramble(tiny("one")).exit_code, 0);
  ASSERT_EQ(run_bramble(tiny("two", "--seed 2")).exit_code, 0);

  const std::string names = differing_files(lasting_files(out("one")), lasting_files(out("two")));
  EXPECT_THAT(names, AllOf(HasSubstr("sub-K01_ses-dm01.h5"), HasSubstr("sub-S01_ses-d01.h5"),
                           HasSubstr("truth_spines.csv")));
}

TEST_F(PhantomCommand, a_study_toml_makes_the_same_study_again) {
  ASSERT_EQ(run_bramble(tiny("one", "--seed 5 --photons 20 --sessions -1,1,4")).exit_code, 0);

  const Finished again =
      run_bramble("phantom " + out("two") + " --config " + out("one") + "/study.toml");

  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(differing_files(lasting_files(out("one")), lasting_files(out("two"))), "");
}

TEST_F(PhantomCommand, the_folder_of_another_study_is_refused) {
  ASSERT_EQ(run_bramble(tiny("one")).exit_code, 0);
  const auto before = lasting_files(out("one"));

  const Finished other = run_ranks(2, tiny("one", "--seed 2"));

  EXPECT_EQ(other.exit_code, 2);
  EXPECT_THAT(other.err, HasSubstr("another study"));
  EXPECT_EQ(differing_files(before, lasting_files(out("one"))), "");
}

TEST_F(PhantomCommand, values_out_of_range_are_refused_by_name_before_anything_is_written) {
  const Finished refused = run_bramble(tiny("one", "--photons -3"));

  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("light.peak_photons"));
  EXPECT_FALSE(std::filesystem::exists(out("one")));
}

TEST_F(PhantomCommand, help_lists_the_presets) {
  const Finished help = run_bramble("phantom --help");

  EXPECT_THAT(help.out, AllOf(StartsWith("Examples:"), HasSubstr("dimmer_after (V14)")));
  EXPECT_THAT(help.err, IsEmpty());
}

// From nothing to a score, as README's quick start does it.
TEST_F(PhantomCommand, a_run_of_its_study_can_be_evaluated) {
  ASSERT_EQ(run_bramble(tiny("study", "--photons 90")).exit_code, 0);
  write_text(out("project.toml"),
             "[restore]\niterations = 4\n[study]\ncontrol_group = \"saline\"\n");
  const Finished run = run_bramble("run " + out("study") + " --device cpu --progress none --out " +
                                   out("run") + " --config " + out("project.toml"));
  ASSERT_EQ(run.exit_code, 0) << run.err;

  int num_swc = 0;
  for (const std::string& folder : {out("study") + "/swc", out("run") + "/swc"}) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      EXPECT_EQ(read_swc(read_text(entry.path())).problem, "") << entry.path();
      ++num_swc;
    }
  }
  EXPECT_GT(num_swc, 4);
  const Finished evaluated = run_bramble("evaluate " + out("run") + " --truth " + out("study"));

  ASSERT_EQ(evaluated.exit_code, 0) << evaluated.err;
  EXPECT_THAT(evaluated.out,
              AllOf(HasSubstr("density_per_um, ketamine ses-d01"),
                    HasSubstr("contrast planted, fold_change"), HasSubstr("\nprecision ")));
  const std::string json = read_text(out("run") + "/evaluation/evaluation.json");
  EXPECT_THAT(json, HasSubstr("\"recall\""));
  EXPECT_TRUE(std::filesystem::exists(out("run") + "/evaluation/pictures"));
}

}  // namespace
}  // namespace bramble
