#include "io/evaluation_file.hpp"

#include "tests/io/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <limits>

namespace bramble {
namespace {

using testing::HasSubstr;
using testing::Not;

Evaluation example_evaluation() {
  Evaluation evaluation;
  evaluation.kind = "phantom";
  evaluation.run = "results";
  evaluation.notes = {"a note"};
  evaluation.detection.n_truth = 10;
  evaluation.detection.n_hits = 8;
  evaluation.detection.recall = {
      .part = 8, .whole = 10, .frac = 0.8, .ci_low = 0.49, .ci_high = 0.94};
  evaluation.detection.f1 = 0.75;
  evaluation.recall_strata = {
      {.by = "d_prime",
       .low = 18,
       .high = std::numeric_limits<double>::infinity(),
       .recall = {.part = 3, .whole = 4, .frac = 0.75, .ci_low = 0.3, .ci_high = 0.95}}};
  evaluation.links.n_pairs = 0;
  return evaluation;
}

std::vector<StackOutcomes> example_outcomes() {
  return {
      {"M01",
       "ses-d01",
       "chunk-01",
       {{.outcome = Outcome::hit, .head = {1, 2, 3.5}, .truth_id = "d01/s1", .run_id = "d01s001"},
        {.outcome = Outcome::false_alarm, .head = {1, 2, 3}, .truth_id = {}, .run_id = "x"}}}};
}

TEST(EvaluationFile, json_holds_the_figures_with_their_counts) {
  const TemporaryFolder folder;

  write_evaluation(folder.path(), example_evaluation(), example_outcomes());

  const auto json = nlohmann::json::parse(content_of(folder.file("evaluation.json")));
  EXPECT_EQ(json.at("kind"), "phantom");
  EXPECT_EQ(json.at("notes").at(0), "a note");
  EXPECT_EQ(json.at("detection").at("n_hits"), 8);
  EXPECT_EQ(json.at("detection").at("recall").at("whole"), 10);
  EXPECT_EQ(json.at("detection").at("gates").at("lateral_um"), 0.6);
  EXPECT_TRUE(json.at("length").at("true_um").is_null());
  EXPECT_TRUE(json.at("recall_strata").at(0).at("high").is_null());
}

TEST(EvaluationFile, table_leaves_out_what_was_not_scored) {
  const TemporaryFolder folder;

  write_evaluation(folder.path(), example_evaluation(), example_outcomes());

  const std::string table = content_of(folder.file("evaluation.tsv"));
  EXPECT_THAT(table, HasSubstr("measure\tvalue\tci_low\tci_high\tpart\twhole\tunit\n"));
  EXPECT_THAT(table, HasSubstr("\nrecall\t0.8\t0.49\t0.94\t8\t10\tn/a\n"));
  EXPECT_THAT(table, HasSubstr("\nrecall, d_prime 18 or more\t0.75"));
  EXPECT_THAT(table, HasSubstr("\nf1\t0.75\tn/a\tn/a\tn/a\tn/a\tn/a\n"));
  EXPECT_THAT(table, Not(HasSubstr("link")));
  EXPECT_THAT(table, Not(HasSubstr("length")));
}

TEST(EvaluationFile, outcomes_are_listed_spine_by_spine) {
  const TemporaryFolder folder;

  write_evaluation(folder.path(), example_evaluation(), example_outcomes());

  EXPECT_EQ(content_of(folder.file("outcomes.tsv")),
            "subject_id\tsession_id\tfov\toutcome\ttruth_id\tspine_id\tz_um\ty_um\tx_um\n"
            "M01\tses-d01\tchunk-01\thit\td01/s1\td01s001\t1\t2\t3.5\n"
            "M01\tses-d01\tchunk-01\tfalse_alarm\tn/a\tx\t1\t2\t3\n");
}

TEST(EvaluationText, has_value_interval_and_counts_in_a_line) {
  const std::string text = figures_text(example_evaluation());

  EXPECT_THAT(text, HasSubstr("0.490 to 0.940"));
  EXPECT_THAT(text, HasSubstr("8/10\n"));
}

TEST(EvaluationText, leaves_bins_and_strata_to_the_file) {
  Evaluation evaluation = example_evaluation();
  evaluation.recall_strata = {
      {.by = "head_diameter_um", .low = 0.3, .high = 0.5, .recall = evaluation.detection.recall}};
  const TemporaryFolder folder;

  write_evaluation(folder.path(), evaluation, {});

  const std::string row = "recall, head_diameter_um 0.3 to 0.5";
  EXPECT_THAT(figures_text(evaluation), Not(HasSubstr(row)));
  EXPECT_THAT(content_of(folder.file("evaluation.tsv")), HasSubstr(row));
}

}  // namespace
}  // namespace bramble
