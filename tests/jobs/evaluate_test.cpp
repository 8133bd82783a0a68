#include "io/manifest_file.hpp"
#include "io/stack_result_file.hpp"
#include "jobs/command_evaluate.hpp"
#include "jobs/run_folder.hpp"
#include "kernels/core/error.hpp"
#include "tests/jobs/evaluated_study.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <set>

namespace bramble {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::ThrowsMessage;

struct Evaluated {
  std::string printed;
  json scores;
};

Evaluated evaluate(const EvaluatedStudy& study) {
  testing::internal::CaptureStdout();
  const ExitCode code = evaluate_command(
      {.run = study.run().string(), .truth = study.truth().string(), .out = study.out().string()});
  std::fflush(stdout);
  Evaluated evaluated{.printed = testing::internal::GetCapturedStdout(), .scores = {}};
  EXPECT_EQ(code, ExitCode::complete);
  evaluated.scores = json::parse(read_text(study.out() / "evaluation.json"));
  return evaluated;
}

std::string last_line(std::string text) {
  text.pop_back();
  return text.substr(text.rfind('\n') + 1);
}

TEST(Evaluate, prints_a_table_and_ends_with_the_main_figures) {
  EvaluatedStudy study;
  study.write_phantom();

  const Evaluated evaluated = evaluate(study);

  EXPECT_THAT(evaluated.printed, HasSubstr("95 % interval"));
  EXPECT_THAT(evaluated.printed, HasSubstr("note: centrelines are not scored"));
  EXPECT_THAT(last_line(evaluated.printed),
              MatchesRegex("precision 0\\.[0-9]+ recall 0\\.[0-9]+ F1 0\\.[0-9]+ .*"));
  EXPECT_TRUE(fs::exists(study.out() / "evaluation.tsv"));
  EXPECT_TRUE(fs::exists(study.out() / "outcomes.tsv"));
  EXPECT_EQ(evaluated.scores.at("kind"), "phantom");
  EXPECT_EQ(evaluated.scores.at("stacks").size(), 2u);
}

TEST(Evaluate, gates_may_be_given) {
  EvaluatedStudy study;
  study.write_phantom();
  const json usual = evaluate(study).scores;

  testing::internal::CaptureStdout();
  evaluate_command({.run = study.run().string(),
                    .truth = study.truth().string(),
                    .out = study.out().string(),
                    .gate_xy_um = 0.3,
                    .gate_z_um = 0.5});
  testing::internal::GetCapturedStdout();

  const json narrow = json::parse(read_text(study.out() / "evaluation.json"));
  EXPECT_EQ(narrow.at("detection").at("gates").at("axial_um"), 0.5);
  EXPECT_LT(narrow.at("detection").at("n_hits"), usual.at("detection").at("n_hits"));
}

TEST(Evaluate, file_of_head_positions_is_a_truth_too) {
  EvaluatedStudy study;
  study.write_phantom();
  const fs::path heads = study.truth() / "heads.csv";
  write_text(heads, "session,x_um,y_um,z_um\nd00,1000,1000,5\n");

  testing::internal::CaptureStdout();
  const ExitCode code = evaluate_command({.run = study.run().string(), .truth = heads.string()});
  testing::internal::GetCapturedStdout();

  EXPECT_EQ(code, ExitCode::complete);
  const json scores = json::parse(read_text(study.run() / "evaluation" / "evaluation.json"));
  EXPECT_EQ(scores.at("kind"), "positions");
  EXPECT_EQ(scores.at("detection").at("n_missed"), 1);
}

TEST(Evaluate, missing_run_missing_truth_and_bad_gates_are_usage_errors) {
  EvaluatedStudy study;
  study.write_phantom();
  const std::string run = study.run().string();
  const std::string truth = study.truth().string();

  EXPECT_THAT([&] { evaluate_command({.run = truth, .truth = truth}); },
              ThrowsMessage<InvalidArgument>(HasSubstr("bramble run")));
  EXPECT_THAT([&] { evaluate_command({.run = run, .truth = run}); },
              ThrowsMessage<InvalidArgument>(HasSubstr("truth_spines.csv")));
  EXPECT_THAT([&] { evaluate_command({.run = run, .truth = truth, .gate_xy_um = -1}); },
              ThrowsMessage<InvalidArgument>(HasSubstr("--gate-xy-um")));
  EXPECT_FALSE(fs::exists(study.run() / "evaluation"));
}

// A result on disk beside the tables, as a whole run has it.
void add_stack_result(const fs::path& run) {
  StackResult result;
  result.identity = {.stack_id = "00112233445566aa",
                     .subject_id = "rr30a",
                     .session_id = "ses-d00",
                     .day = 0,
                     .fov = "chunk-01"};
  Dendrite dendrite;
  for (int x = 0; x <= 60; ++x) {
    dendrite.nodes.push_back({5, 10.5, static_cast<double>(x)});
    dendrite.radius_um.push_back(0.4f);
    dendrite.brightness_counts.push_back(100);
  }
  result.dendrites.push_back(dendrite);
  result.projection.reshape({1, 20, 60}, {1, 1, 1});
  std::fill(result.projection.voxels().begin(), result.projection.voxels().end(), 5.0f);
  const RunFolder folder(run);
  write_stack_result(folder.stack_result(result.identity.stack_id), result);
  ManifestEntry entry;
  entry.identity = result.identity;
  write_manifest(folder.manifest(), {.stacks = {entry}});
}

TEST(Evaluate, stack_results_give_centrelines_and_pictures) {
  EvaluatedStudy study;
  study.write_phantom();
  add_stack_result(study.run());

  const json scores = evaluate(study).scores;

  EXPECT_NEAR(scores.at("centreline").at("mean_um"), 0.5, 1e-6);
  EXPECT_NEAR(scores.at("centreline").at("true_um"), 60, 1e-6);
  EXPECT_TRUE(scores.at("notes").at(0).get<std::string>().starts_with("no contrasts"));
  std::set<std::string> pictures;
  for (const auto& entry : fs::directory_iterator(study.out() / "pictures")) {
    pictures.insert(entry.path().filename());
  }
  EXPECT_THAT(pictures, ::testing::ElementsAre("sub-rr30a_ses-d00_chunk-01_001122.png",
                                               "sub-rr30a_ses-d00_chunk-01_001122_mistakes.png"));
}

// The independent scorer's word on the same run.
class ScorerAgreement : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(scorer)) {
      GTEST_SKIP() << scorer << " is not here";
    }
    if (std::system("/usr/bin/python3 -c 'import numpy, scipy' 2>/dev/null") != 0) {
      GTEST_SKIP() << "/usr/bin/python3 lacks numpy or scipy";
    }
  }

  static json scored(const std::string& kind, const EvaluatedStudy& study) {
    const fs::path out = study.run() / "scorer.json";
    const std::string command = std::string("/usr/bin/python3 ") + scorer + " " + kind + " " +
                                study.run().string() + " " + study.truth().string() + " >" +
                                out.string();
    EXPECT_EQ(std::system(command.c_str()), 0);
    return json::parse(read_text(out));
  }

  static constexpr const char* scorer = BRAMBLE_SOURCE_DIR "/../shared/tools/score_spines.py";
};

// As the scorer rounds: four digits.
double rounded(const json& value) { return std::round(value.get<double>() * 1e4) / 1e4; }

void expect_same(const json& ours, const json& theirs) {
  const json& detection = ours.at("detection");
  EXPECT_EQ(rounded(detection.at("precision").at("frac")), theirs.at("precision"));
  EXPECT_EQ(rounded(detection.at("recall").at("frac")), theirs.at("recall"));
  EXPECT_EQ(rounded(detection.at("f1")), theirs.at("f1"));
  EXPECT_EQ(rounded(detection.at("density_bias")), theirs.at("density_bias"));
  EXPECT_EQ(detection.at("n_truth"), theirs.at("truth"));
  EXPECT_EQ(rounded(ours.at("links").at("f1")), theirs.at("link_f1"));
  EXPECT_EQ(ours.at("links").at("n_pairs"), theirs.at("links"));
  ASSERT_EQ(ours.at("stacks").size(), theirs.at("stacks").size());
  auto stack = theirs.at("stacks").begin();
  for (const json& mine : ours.at("stacks")) {
    EXPECT_EQ(mine.at("detection").at("n_hits"), stack->at("tp"));
    EXPECT_EQ(mine.at("detection").at("n_false_alarms"), stack->at("fp"));
    EXPECT_EQ(mine.at("detection").at("n_missed"), stack->at("fn"));
    ++stack;
  }
}

TEST_F(ScorerAgreement, phantom_has_the_same_digits) {
  EvaluatedStudy study;
  study.write_phantom();

  const json ours = evaluate(study).scores;
  const json theirs = scored("phantom", study);

  expect_same(ours, theirs);
  EXPECT_EQ(rounded(ours.at("head_diameter_bias_frac")), theirs.at("head_diameter_bias"));
  EXPECT_EQ(rounded(ours.at("class_accuracy").at("frac")), theirs.at("class_accuracy"));
}

TEST_F(ScorerAgreement, annotation_has_the_same_digits) {
  EvaluatedStudy study;
  study.write_annotation();

  const json ours = evaluate(study).scores;
  const json theirs = scored("expert", study);

  expect_same(ours, theirs);
  EXPECT_EQ(rounded(ours.at("segment_count_error_median")),
            theirs.at("segment_count_error_median"));
  ASSERT_EQ(ours.at("segments").size(), 4u);
  for (const json& segment : ours.at("segments")) {
    const std::string name = segment.at("session_id").get<std::string>() + "/" +
                             segment.at("dendrite_id").get<std::string>();
    EXPECT_EQ(json({segment.at("n_truth"), segment.at("n_found")}), theirs.at("segments").at(name));
  }
}

}  // namespace
}  // namespace bramble
