#include "io/swc.hpp"

#include "kernels/core/error.hpp"
#include "tests/io/example_records.hpp"
#include "tests/io/swc_standard.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

namespace bramble {
namespace {

using testing::ElementsAre;

std::vector<std::string> samples_of(const StackResult& result) {
  const TemporaryFolder folder;
  write_swc(folder.file("a.swc"), result);
  std::istringstream text(content_of(folder.file("a.swc")));
  std::vector<std::string> samples;
  for (std::string line; std::getline(text, line);) {
    if (!line.starts_with('#')) {
      samples.push_back(line);
    }
  }
  return samples;
}

TEST(Swc, branch_begins_at_the_node_it_leaves) {
  EXPECT_THAT(samples_of(example_stack_result()),
              ElementsAre("1 3 0 0 0 0.4 -1", "2 3 1 0 0 0.4 1", "3 3 2 1 0.5 0.4 2",
                          "4 3 1 1 0 0.4 2", "5 3 1 2 1 0.4 4"));
}

TEST(Swc, parent_comes_first_even_when_its_number_is_higher) {
  StackResult result;
  result.dendrites = {example_dendrite(0, {{0, 0, 5}}), example_dendrite(1, {{0, 0, 6}})};
  result.dendrites[0].parent_dendrite = 1;
  result.dendrites[0].parent_node = 0;

  EXPECT_THAT(samples_of(result), ElementsAre("1 3 6 0 0 0.4 -1", "2 3 5 0 0 0.4 1"));
}

TEST(Swc, trees_of_a_forest_each_have_a_root) {
  StackResult result;
  result.dendrites = {example_dendrite(0, {{0, 0, 1}}), example_dendrite(1, {{0, 0, 2}})};

  EXPECT_THAT(samples_of(result), ElementsAre("1 3 1 0 0 0.4 -1", "2 3 2 0 0 0.4 -1"));
}

TEST(Swc, stack_without_dendrites_has_only_a_header) {
  const StackResult nothing;

  EXPECT_TRUE(samples_of(nothing).empty());
}

std::string text_of(const StackResult& result) {
  const TemporaryFolder folder;
  write_swc(folder.file("a.swc"), result);
  return content_of(folder.file("a.swc"));
}

TEST(Swc, file_keeps_to_the_standard_and_holds_the_lengths) {
  StackResult result = example_stack_result();
  result.dendrites.push_back(example_dendrite(2, {{3, 5, 5}, {3, 9, 8}}));
  result.dendrites[0].radius_um[1] = 0;

  const SwcFile file = read_swc(text_of(result));

  EXPECT_EQ(file.problem, "");
  ASSERT_EQ(file.tree_lengths_um.size(), 2u);
  // 1 + 1.5 of the first dendrite, 1 to its branch and sqrt(2) along it.
  EXPECT_NEAR(file.tree_lengths_um[0], 1 + 1.5 + 1 + std::sqrt(2.0), 1e-5);
  EXPECT_NEAR(file.tree_lengths_um[1], 5, 1e-5);
}

TEST(Swc, cut_of_what_is_no_tree_is_named) {
  EXPECT_THAT(read_swc(text_of(example_stack_result())).comments,
              testing::Contains("cut: the last node of dendrite 1 lies on dendrite 0, node 2"));
}

TEST(Swc, standard_refuses_what_is_wrong) {
  for (const char* text :
       {"", "1 3 0 0 0 1 -1", "2 3 0 0 0 1 -1\n", "1 9 0 0 0 1 -1\n", "1 3 0 0 0 0 -1\n",
        "1 3 0 0 nan 1 -1\n", "1 3 0 0 0 1 2\n2 3 0 0 0 1 -1\n", "1 3 0 0 0 1\n",
        "1 3 0 0 0 1 -1 7\n", "1 3 0 0 0 1 -1\n2 1 0 0 0 1 1\n", "1 3 0 0  0 1 -1\n",
        "1 3 0 0 0 1 -1\n# late\n"}) {
    EXPECT_NE(read_swc(text).problem, "") << text;
  }
  EXPECT_EQ(read_swc("# a comment\n1 3 0 0 0 1 -1\n2 3 3 4 0 1 1\n").problem, "");
}

TEST(Swc, header_says_where_it_comes_from_in_comment_lines) {
  const TemporaryFolder folder;
  StackResult result = example_stack_result();
  result.identity.region = "MOs\n1 3 0 0 0 1 -1";

  write_swc(folder.file("a.swc"), result);

  const std::string text = content_of(folder.file("a.swc"));
  EXPECT_THAT(text, testing::HasSubstr("# original_source bramble 0.1.0 abc\n"));
  EXPECT_THAT(text, testing::HasSubstr("# region MOs 1 3 0 0 0 1 -1\n"));
}

TEST(Swc, dendrites_in_a_circle_are_refused) {
  StackResult result;
  result.dendrites = {example_dendrite(0, {{0, 0, 1}}), example_dendrite(1, {{0, 0, 2}})};
  result.dendrites[0].parent_dendrite = 1;
  result.dendrites[0].parent_node = 0;
  result.dendrites[1].parent_dendrite = 0;
  result.dendrites[1].parent_node = 0;

  EXPECT_THROW(samples_of(result), InvalidArgument);
}

TEST(Swc, branch_off_a_node_that_is_not_there_is_refused) {
  StackResult result = example_stack_result();
  result.dendrites[1].parent_node = 3;

  EXPECT_THROW(samples_of(result), InvalidArgument);
}

}  // namespace
}  // namespace bramble
