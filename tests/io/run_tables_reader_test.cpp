#include "io/run_tables_reader.hpp"

#include "io/tables.hpp"
#include "kernels/core/error.hpp"
#include "tests/io/example_tables.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

StudyTables written_and_read(const StudyTables& tables) {
  const TemporaryFolder folder;
  write_tables(folder.path() + "/tables", tables);
  return read_run_tables(folder.path());
}

TEST(ReadRunTables, gives_back_what_a_run_wrote) {
  StudyTables tables;
  tables.spines = {example_spine_row(SpineState::present), example_spine_row(SpineState::absent)};
  tables.dendrites = {example_dendrite_row("d01", "ses-d01", 1, 0.5)};
  tables.animals = {example_animal("M01", "ketamine", "ses-d01", 1, 0.44)};

  const StudyTables read = written_and_read(tables);

  ASSERT_EQ(read.spines.size(), 2u);
  EXPECT_EQ(read.spines[0].subject_id, "M01");
  EXPECT_EQ(read.spines[0].group, "");
  EXPECT_EQ(read.spines[0].day, 1);
  EXPECT_EQ(read.spines[0].spine_id, "d01s001");
  EXPECT_EQ(read.spines[0].state, SpineState::present);
  EXPECT_EQ(read.spines[0].spine.head, (Position{3.5, 2.25, 3.125}));
  EXPECT_EQ(read.spines[0].spine.head_diameter_um, 0.4f);
  EXPECT_EQ(read.spines[0].spine.spine_class, SpineClass::mushroom);
  EXPECT_EQ(read.spines[1].state, SpineState::absent);
  ASSERT_EQ(read.dendrites.size(), 1u);
  EXPECT_NEAR(read.dendrites[0].length_um, 41.23456789, 1e-4);
  ASSERT_EQ(read.animals.size(), 1u);
  EXPECT_EQ(read.animals[0].density_per_um, 0.44);
}

TEST(ReadRunTables, transitions_and_contrasts_come_back) {
  StudyTables tables;
  tables.transitions.push_back({.subject_id = "M01",
                                .session_from = "ses-a",
                                .session_to = "ses-b",
                                .n_from = 10,
                                .n_to = 11,
                                .n_gained = 2,
                                .n_lost = 1});
  tables.contrasts.push_back({.measure = "fold_change",
                              .group = "k",
                              .control = "s",
                              .estimate = 0.1,
                              .ci_low = 0.05,
                              .ci_high = 0.15});

  const StudyTables read = written_and_read(tables);

  ASSERT_EQ(read.transitions.size(), 1u);
  EXPECT_EQ(read.transitions[0].n_gained, 2);
  EXPECT_TRUE(std::isnan(read.transitions[0].formation_frac_corrected));
  ASSERT_EQ(read.contrasts.size(), 1u);
  EXPECT_EQ(read.contrasts[0].ci_high, 0.15);
  EXPECT_EQ(read.contrasts[0].region, "");
}

TEST(ReadRunTables, spines_alone_are_enough) {
  const TemporaryFolder folder;
  write_tables(folder.path() + "/all", {.spines = {example_spine_row(SpineState::present)}});
  std::filesystem::create_directories(folder.file("tables"));
  std::filesystem::copy_file(folder.file("all/spines.tsv"), folder.file("tables/spines.tsv"));

  const StudyTables read = read_run_tables(folder.path());

  EXPECT_EQ(read.spines.size(), 1u);
  EXPECT_TRUE(read.dendrites.empty());
}

TEST(ReadRunTables, folder_without_tables_is_refused_with_what_to_do) {
  const TemporaryFolder folder;

  EXPECT_THAT([&] { read_run_tables(folder.path()); },
              ThrowsMessage<InvalidArgument>(HasSubstr("bramble run --out")));
}

TEST(ReadRunTables, unknown_state_is_refused_with_its_place) {
  const TemporaryFolder folder;
  write_tables(folder.path() + "/tables", {.spines = {example_spine_row(SpineState::present)}});
  std::string text = content_of(folder.file("tables/spines.tsv"));
  text.replace(text.find("present"), 7, "perhaps");
  write_content(folder.file("tables/spines.tsv"), text);

  EXPECT_THAT([&] { read_run_tables(folder.path()); },
              ThrowsMessage<DataError>(testing::AllOf(HasSubstr("spines.tsv, row 1, column state"),
                                                      HasSubstr("perhaps"))));
}

}  // namespace
}  // namespace bramble
