#include "io/tables.hpp"

#include "io/table_columns.hpp"
#include "tests/io/example_tables.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace bramble {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> lines_of(const std::string& path) {
  std::istringstream text(content_of(path));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) {
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::istringstream text(line);
  std::vector<std::string> cells;
  for (std::string cell; std::getline(text, cell, '\t');) {
    cells.push_back(cell);
  }
  return cells;
}

// The blueprint's list of a table's first columns, in words.
std::vector<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

struct PromisedColumns {
  std::string table;
  std::string names;
};

class PromisedColumnsOf : public testing::TestWithParam<PromisedColumns> {};

TEST_P(PromisedColumnsOf, come_first_and_in_order) {
  const TemporaryFolder folder;
  const std::vector<std::string> promised = words(GetParam().names);

  write_tables(folder.path(), {});

  std::vector<std::string> header =
      cells_of(lines_of(folder.file(GetParam().table + ".tsv")).at(0));
  ASSERT_GE(header.size(), promised.size());
  header.resize(promised.size());
  EXPECT_EQ(header, promised);
}

INSTANTIATE_TEST_SUITE_P(
    Tables, PromisedColumnsOf,
    testing::Values(
        PromisedColumns{"spines",
                        "subject_id group session_id day region fov dendrite_id spine_id state "
                        "z_um y_um x_um base_z_um base_y_um base_x_um path_um length_um "
                        "head_diameter_um neck_length_um neck_diameter_um volume_um3 "
                        "brightness_ratio spine_class class_probability snr p_detect flags"},
        PromisedColumns{"dendrites",
                        "subject_id group session_id day region fov dendrite_id length_um "
                        "length_usable_um n_spines density_per_um n_thin n_stubby n_mushroom "
                        "n_filopodium diameter_um snr flags"},
        PromisedColumns{"transitions",
                        "subject_id group region fov dendrite_id session_from session_to day_from "
                        "day_to n_from n_to n_stable n_gained n_lost n_not_assessable "
                        "formation_frac elimination_frac turnover_ratio"},
        PromisedColumns{"animals",
                        "subject_id group region session_id day n_fields n_dendrites length_um "
                        "n_spines density_per_um density_sd density_ci_low density_ci_high "
                        "fold_change"},
        PromisedColumns{"contrasts",
                        "region session_id day measure group control estimate se df ci_low "
                        "ci_high method n_animals n_animals_control hedges_g p_permutation flags"},
        PromisedColumns{"stacks",
                        "subject_id session_id fov file path shape spacing snr saturation_frac "
                        "background motion_um psf iterations status message flags"}),
    [](const auto& promised) { return promised.param.table; });

TEST(Tables, spine_that_is_present_has_its_measures) {
  const TemporaryFolder folder;

  write_tables(folder.path(), {.spines = {example_spine_row(SpineState::present)},
                               .dendrites = {},
                               .transitions = {},
                               .animals = {},
                               .contrasts = {},
                               .stacks = {}});

  EXPECT_THAT(
      cells_of(lines_of(folder.file("spines.tsv")).at(1)),
      ElementsAre("M01", "n/a", "ses-d01", "1", "MOs", "chunk-01", "d01", "d01s001", "present",
                  "3.5", "2.25", "3.125", "1", "4", "3", "0.2", "3.1", "0.4", "0.7", "n/a", "0.05",
                  "0.6", "mushroom", "0.9", "7.5", "0.75", "near_border,dim"));
}

TEST(Tables, spine_that_is_absent_has_a_place_but_no_measures) {
  const TemporaryFolder folder;

  write_tables(folder.path(), {.spines = {example_spine_row(SpineState::absent)},
                               .dendrites = {},
                               .transitions = {},
                               .animals = {},
                               .contrasts = {},
                               .stacks = {}});

  const std::vector<std::string> cells = cells_of(lines_of(folder.file("spines.tsv")).at(1));
  EXPECT_THAT(std::vector(cells.begin() + 8, cells.begin() + 17),
              ElementsAre("absent", "3.5", "2.25", "3.125", "1", "4", "3", "0.2", "n/a"));
  EXPECT_THAT(std::vector(cells.begin() + 17, cells.begin() + 26), testing::Each("n/a"));
}

TEST(Tables, every_column_is_in_the_dictionary) {
  const TemporaryFolder folder;

  write_tables(folder.path(), {});

  for (const char* table :
       {"spines", "dendrites", "transitions", "animals", "contrasts", "stacks"}) {
    const auto header = cells_of(lines_of(folder.file(std::string(table) + ".tsv")).at(0));
    const auto dictionary =
        nlohmann::ordered_json::parse(content_of(folder.file(std::string(table) + ".json")));
    std::vector<std::string> keys;
    for (const auto& [key, entry] : dictionary.items()) {
      keys.push_back(key);
      EXPECT_FALSE(entry.at("Description").get<std::string>().empty()) << key;
      // A unit in the name is the unit in the dictionary.
      if (key.ends_with("_um")) {
        EXPECT_THAT(entry.value("Units", ""), testing::AnyOf("um", "1/um")) << key;
      }
    }
    EXPECT_EQ(keys, header) << table;
  }
}

TEST(Tables, cells_have_six_digits_and_no_line_breaks) {
  EXPECT_EQ(cell_text(41.23456789), "41.2346");
  EXPECT_EQ(cell_text(0.1), "0.1");
  EXPECT_EQ(cell_text(-0.0), "0");
  EXPECT_EQ(cell_text(1e-7), "1e-07");
  EXPECT_EQ(cell_text(not_available), "n/a");
  EXPECT_EQ(cell_text(std::string_view("a\tb\nc")), "a b c");
  EXPECT_EQ(cell_text(std::string_view()), "n/a");
}

TEST(Tables, iterations_of_a_failed_stack_are_not_available) {
  const TemporaryFolder folder;
  StackRow row;
  row.file = "a.h5";
  row.status = "failed";
  row.message = "cannot\nopen";

  write_tables(folder.path(), {.spines = {},
                               .dendrites = {},
                               .transitions = {},
                               .animals = {},
                               .contrasts = {},
                               .stacks = {row}});

  const std::vector<std::string> cells = cells_of(lines_of(folder.file("stacks.tsv")).at(1));
  EXPECT_THAT(std::vector(cells.begin() + 11, cells.end()),
              ElementsAre("n/a", "n/a", "failed", "cannot open", "n/a"));
}

TEST(WideTable, has_a_row_per_dendrite_and_a_column_per_day) {
  const TemporaryFolder folder;

  write_tables(folder.path(), {.spines = {},
                               .dendrites = {example_dendrite_row("d02", "ses-d10", 10, 0.5),
                                             example_dendrite_row("d01", "ses-d10", 10, 0.25),
                                             example_dendrite_row("d01", "ses-dm03", -3, 1.0 / 3)},
                               .transitions = {},
                               .animals = {},
                               .contrasts = {},
                               .stacks = {}});

  EXPECT_THAT(lines_of(folder.file("wide/density_per_um.csv")),
              ElementsAre("subject_id,group,region,fov,dendrite_id,day_-3,day_10",
                          "M01,ketamine,MOs,chunk-01,d01,0.333333,0.25",
                          "M01,ketamine,MOs,chunk-01,d02,NA,0.5"));
}

TEST(WideTable, second_session_of_a_day_and_sessions_without_one_have_their_own_columns) {
  const TemporaryFolder folder;

  write_tables(folder.path(),
               {.spines = {},
                .dendrites = {example_dendrite_row("d01", "ses-d01a", 1, 0.1),
                              example_dendrite_row("d01", "ses-d01b", 1, 0.2),
                              example_dendrite_row("d01", "ses-x", not_available, 0.3)},
                .transitions = {},
                .animals = {},
                .contrasts = {},
                .stacks = {}});

  EXPECT_THAT(lines_of(folder.file("wide/density_per_um.csv")),
              ElementsAre("subject_id,group,region,fov,dendrite_id,day_1,day_1.2,ses-x",
                          "M01,ketamine,MOs,chunk-01,d01,0.1,0.2,0.3"));
}

TEST(DensitySummary, gives_the_mean_of_the_animals_with_its_interval) {
  StudyTables tables;
  tables.animals = {example_animal("M01", "ketamine", "ses-d01", 1, 0.4),
                    example_animal("M02", "ketamine", "ses-d01", 1, 0.5),
                    example_animal("M03", "ketamine", "ses-d01", 1, 0.6)};

  const std::string text = density_summary(tables);

  // t(0.975; 2) = 4.3027, standard error 0.1 / sqrt(3): 0.5 -+ 0.2484.
  EXPECT_EQ(text,
            "group     region  session  day  animals  dendrites  spines  density/um  95 % interval"
            "   fold\n"
            "ketamine  MOs     ses-d01    1        3         30     600       0.500   0.252..0.748"
            "  1.250\n");
}

TEST(DensitySummary, one_animal_has_the_interval_of_its_dendrites_and_says_so) {
  StudyTables tables;
  tables.animals = {example_animal("M01", "ketamine", "ses-d01", 1, 0.4)};

  const std::string text = density_summary(tables);

  EXPECT_THAT(text, HasSubstr("0.350..0.450*"));
  EXPECT_THAT(text, HasSubstr("* one animal"));
}

TEST(DensitySummary, sessions_come_by_day) {
  StudyTables tables;
  tables.animals = {example_animal("M01", "saline", "ses-d10", 10, 0.4),
                    example_animal("M01", "saline", "ses-d02", 2, 0.4),
                    example_animal("M01", "saline", "ses-dm01", -1, 0.4)};

  const std::string text = density_summary(tables);

  EXPECT_LT(text.find("ses-dm01"), text.find("ses-d02"));
  EXPECT_LT(text.find("ses-d02"), text.find("ses-d10"));
}

TEST(DensitySummary, nothing_is_said_to_be_nothing) {
  EXPECT_EQ(density_summary({}), "no animal has a density\n");
}

}  // namespace
}  // namespace bramble
